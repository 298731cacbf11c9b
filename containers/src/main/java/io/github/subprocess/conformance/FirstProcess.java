// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.conformance;

import java.time.Duration;

import io.github.subprocess.Fixture;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessTimeoutException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * A container without an init: the JVM is the first process, and so the parent of all
 * orphans.
 */
class FirstProcess {

	private static final int LAUNCHES = 10;

	private final ProcessLauncher launcher = ProcessLauncher.builder().build();

	@Test
	void whoIsEndedWithAProcessIsReaped() {
		assertThat(ProcessHandle.current().pid()).isEqualTo(1);
		for (int i = 0; i < LAUNCHES; i++) {
			ProcessTimeoutException failure = catchThrowableOfType(ProcessTimeoutException.class,
					() -> this.launcher.command("sh", "-c", "sleep 600 & sleep 600 & wait")
						.timeout(Duration.ofMillis(200))
						.run());
			assertThat(failure.result().outcome()).isEqualTo(ProcessOutcome.TIMEOUT);
		}
		await().atMost(Duration.ofMinutes(1)).until(() -> Fixture.zombies().isEmpty());
		this.launcher.close();
	}

	@Test
	void whoEndsAfterItsParentIsReaped() throws Exception {
		ManagedProcess process = this.launcher.command("sh", "-c", "sleep 1 >/dev/null 2>&1 & exit 0").start();
		assertThat(process.result().get().isSuccess()).isTrue();
		// sleep lives on for a while, and becomes a child of the JVM
		await().atMost(Duration.ofMinutes(1)).until(() -> ProcessHandle.current().children().findAny().isEmpty());
		this.launcher.close();
	}

	@Test
	void environmentOfAChildSaysNothingOfThis() {
		assertThat(this.launcher.command("env").run().outputText()).doesNotContain("SUBPROCESS_TREE");
		this.launcher.close();
	}

}
