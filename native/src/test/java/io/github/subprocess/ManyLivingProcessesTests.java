// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.Map;

import io.github.subprocess.internal.ManyLivingProcesses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of processes at once need neither threads nor memory worth the name. How
 * many: {@code -Dsubprocess.living=10000}.
 */
class ManyLivingProcessesTests {

	private static final int COUNT = Integer.getInteger("subprocess.living", 2_000);

	@Test
	@Timeout(300)
	void areAllWatchedByOneThread() {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			Map<String, Long> seen = TestJvm.run(launcher, "512m", ManyLivingProcesses.class, COUNT);
			assertThat(seen).containsEntry("live", (long) COUNT)
				.containsEntry("members", (long) COUNT)
				.containsEntry("noticed", (long) COUNT)
				.containsEntry("killed", (long) COUNT)
				.containsEntry("left", 0L);
			assertThat(seen.get("threadsMore")).isLessThanOrEqualTo(0);
			assertThat(seen.get("residentBytesPerChild")).isLessThan(32 * 1024);
		}
	}

}
