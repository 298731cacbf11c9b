// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.github.subprocess.CgroupFigures;
import io.github.subprocess.CgroupUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the kernel tells of a cgroup, read from files that look like its own.
 */
class CgroupReadingsTests {

	@TempDir
	private Path cgroup;

	@Test
	void allThatThereIs() throws IOException {
		Files.writeString(this.cgroup.resolve("cpu.stat"),
				"usage_usec 30\nuser_usec 20\nsystem_usec 10\nnr_periods 1\nthrottled_usec 7\n");
		Files.writeString(this.cgroup.resolve("memory.peak"), "16777216\n");
		Files.writeString(this.cgroup.resolve("memory.events"), "low 0\nmax 9\noom 2\noom_kill 1\n");
		Files.writeString(this.cgroup.resolve("pids.events"), "max 3\n");
		CgroupUsage usage = CgroupReadings.read(this.cgroup);
		assertThat(usage).isEqualTo(new CgroupUsage(Duration.ofNanos(20_000), Duration.ofNanos(10_000),
				Duration.ofNanos(7_000), 16_777_216L, 1L, 3L));
		assertThat(usage.isMemoryLimitHit()).isTrue();
		assertThat(usage.isPidsLimitHit()).isTrue();
	}

	@Test
	void whatIsUsedNow() throws IOException {
		Files.writeString(this.cgroup.resolve("cpu.stat"), "user_usec 20\nsystem_usec 10\n");
		Files.writeString(this.cgroup.resolve("memory.current"), "8192\n");
		assertThat(CgroupReadings.readNow(this.cgroup)).isEqualTo(new CgroupFigures(
				new CgroupUsage(Duration.ofNanos(20_000), Duration.ofNanos(10_000), null, null, null, null), 8192L,
				null));
		Files.writeString(this.cgroup.resolve("pids.current"), "3\n");
		assertThat(CgroupReadings.readNow(this.cgroup).pids()).isEqualTo(3);
	}

	@Test
	void whatIsNotToldIsUnknown() {
		CgroupUsage usage = CgroupReadings.read(this.cgroup);
		assertThat(usage).isEqualTo(new CgroupUsage(null, null, null, null, null, null));
		assertThat(usage.isMemoryLimitHit()).isFalse();
		assertThat(usage.isPidsLimitHit()).isFalse();
	}

}
