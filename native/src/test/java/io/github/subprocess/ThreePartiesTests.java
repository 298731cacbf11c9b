// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * This library, {@link Process} and a library in C have children in the same JVM at the
 * same time, and each gets the statuses of its own.
 */
@Timeout(180)
class ThreePartiesTests {

	private static final int CHILDREN = 1000;

	@Test
	void eachGetsTheStatusesOfItsOwnChildren() {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			assertThat(TestJvm.run(launcher, "64m", ThreeParties.class, CHILDREN)).containsEntry("wrongOfOurs", 0L)
				.containsEntry("wrongOfTheJdk", 0L)
				.containsEntry("wrongOfTheForeigner", 0L)
				.containsEntry("started", (long) CHILDREN)
				.containsEntry("live", 0L)
				.containsEntry("left", 0L);
		}
	}

	@Test
	void processHandlesTellTheSame() throws Exception {
		try (ProcessLauncher launcher = ProcessLauncher.create();
				ManagedProcess process = launcher.command("sleep", "1000").start()) {
			ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
			assertThat(handle.isAlive()).isTrue();
			assertThat(ProcessHandle.current().children()).contains(handle);
			assertThat(handle.parent()).contains(ProcessHandle.current());
			assertThat(process.toHandle()).isEqualTo(handle);
			handle.destroyForcibly();
			assertThat(process.waitFor()).isEqualTo(137);
			process.result().get(10, TimeUnit.SECONDS);
			assertThat(handle.isAlive()).isFalse();
			assertThat(handle.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(handle);
		}
	}

}
