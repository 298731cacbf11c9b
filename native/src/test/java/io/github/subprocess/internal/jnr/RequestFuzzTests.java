// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.Map;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever bytes a request is made of, the core answers, and leaves nothing; a JVM of its
 * own says so, which ends with a crash otherwise.
 */
class RequestFuzzTests {

	private static final long SEED = 20281;

	/** More of them with -Djqwik.tries.default, as everywhere. */
	private static final int TRIES = 10 * Integer.getInteger("jqwik.tries.default", 200);

	@Test
	@Timeout(600)
	void arbitraryBytesAreRefusedOrFailAtAStep() {
		System.out.println("seed " + SEED + ", " + TRIES + " tries");
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			Map<String, Long> seen = TestJvm.run(launcher, "128m", RandomRequests.class, SEED, TRIES);
			assertThat(seen).containsEntry("anything", (long) TRIES).containsEntry("zombies", 0L);
			assertThat(seen.get("refused") + seen.get("failed") + seen.get("born")).isEqualTo(TRIES);
			assertThat(seen.get("refused")).isPositive();
			assertThat(seen.get("failed")).isPositive();
			assertThat(seen.get("born")).isPositive();
			assertThat(seen.get("descriptors")).isLessThan(30);
		}
	}

}
