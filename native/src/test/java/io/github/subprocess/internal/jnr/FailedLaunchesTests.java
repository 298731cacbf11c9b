// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.Map;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * Ten thousand launches that fail leave the JVM as it was.
 */
@Timeout(180)
class FailedLaunchesTests {

	private static final int FAILURES = 10_000;

	/**
	 * Bytes each. A block of a plan that was forgotten would be larger than a kibibyte.
	 */
	private static final long TOLERATED_GROWTH = 256;

	@Test
	void leaveNothing() {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			Map<String, Long> seen = TestJvm.run(launcher, "64m", FailedLaunches.class, FAILURES);
			assumeFalse(seen.containsKey("untold"), "this libc does not tell how large its heap is");
			assertThat(seen).containsEntry("sameDescriptors", 1L).containsEntry("zombies", 0L);
			assertThat(seen.get("threadsMore")).isLessThanOrEqualTo(0);
			assertThat(seen.get("bytesEach")).isLessThan(TOLERATED_GROWTH);
		}
	}

}
