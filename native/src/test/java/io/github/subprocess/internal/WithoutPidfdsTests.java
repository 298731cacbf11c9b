// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;
import java.util.Set;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.Fixture;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessTimeoutException;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Where no descriptor stands for a process, its end is noticed all the same.
 */
class WithoutPidfdsTests {

	private final ProcessLauncher launcher = new OldKernel().launcher(ProcessPolicy.undecided());

	@AfterEach
	void close() {
		this.launcher.close();
	}

	@Test
	void resultIsThatOfAnyProcess() {
		ProcessResult result = this.launcher.command(Fixture.program("exit_with"), "7")
			.successExitCodes(Set.of())
			.run();
		assertThat(result.status()).isEqualTo(new ExitStatus.Exited(7));
		assertThat(this.launcher.command("echo", "text").run().outputText()).isEqualTo("text\n");
	}

	@Test
	void startedProcessIsSignalledAndWaitedFor() throws Exception {
		this.launcher.awaitReady();
		Set<String> before = Fixture.openDescriptors();
		ManagedProcess process = this.launcher.command("sleep", "60").error(OutputTarget.discard()).start();
		assertThat(process.isAlive()).isTrue();
		assertThat(process.signal(ProcessSignal.USR1)).isTrue();
		assertThat(process.waitFor()).isEqualTo(128 + ProcessSignal.USR1.number());
		ProcessResult result = process.result().get();
		assertThat(result.status()).isEqualTo(new ExitStatus.Signalled(ProcessSignal.USR1.number(), false));
		assertThat(process.signal(ProcessSignal.USR1)).isFalse();
		process.close();
		assertThat(Fixture.openDescriptors()).isEqualTo(before);
		assertThat(Fixture.zombies()).isEmpty();
	}

	@Test
	void deadlineEndsTheProcess() {
		ProcessTimeoutException failure = catchThrowableOfType(ProcessTimeoutException.class,
				() -> this.launcher.command("sleep", "60").timeout(Duration.ofMillis(50)).run());
		assertThat(failure.result().outcome()).isEqualTo(ProcessOutcome.TIMEOUT);
	}

	@Test
	void stopEndsWhatLives() {
		this.launcher.command("sleep", "60").start();
		assertThat(this.launcher.stop().isClean()).isTrue();
		assertThat(this.launcher.processes().live()).isEmpty();
	}

	/**
	 * A kernel without pidfds, as far as the launcher can see.
	 */
	private static final class OldKernel extends SpecialSystem {

		@Override
		public SpawnedChild spawn(SpawnPlan plan) throws SpawnFailure {
			SpawnedChild child = super.spawn(plan);
			descriptors().close(child.pidfd());
			return new SpawnedChild(child.pid(), -child.pid(), child.program(), child.mechanism(), child.closing(),
					child.warnings());
		}

	}

}
