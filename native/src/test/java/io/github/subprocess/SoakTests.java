// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What very many short processes leave behind: nothing. How many:
 * {@code -Dsubprocess.soak=200000}, which takes minutes.
 */
class SoakTests {

	private static final int COUNT = Integer.getInteger("subprocess.soak", 3_000);

	@Test
	@Timeout(3600)
	void nothingGrows() {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			Map<String, Long> seen = TestJvm.run(launcher, "64m", ShortLivedProcesses.class, COUNT);
			assertThat(seen).containsEntry("descriptorsMore", 0L)
				.containsEntry("zombies", 0L)
				.containsEntry("live", 0L);
			assertThat(seen.get("threadsMore")).isLessThanOrEqualTo(0);
			assertThat(seen.get("heapKibMore")).isLessThan(2 * 1024);
			assertThat(seen.get("residentKibMore")).isLessThan(48 * 1024);
		}
	}

}
