// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;
import java.util.Set;

import io.github.subprocess.Fixture;
import io.github.subprocess.LauncherState;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.ProcessTimeoutException;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.internal.live.PassingPoll;
import io.github.subprocess.spi.ReadinessPoll;
import io.github.subprocess.spi.SystemCallFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Where the kernel does not tell what is ready, it is looked for, and nobody waits in
 * vain.
 */
@Timeout(120)
class WithoutReadinessTests {

	@ParameterizedTest
	@EnumSource
	void resultIsThatOfAnyProcess(Refused refused) {
		try (ProcessLauncher launcher = new Deaf(refused).launcher(ProcessPolicy.undecided())) {
			launcher.awaitReady();
			Set<String> before = Fixture.openDescriptors();
			String much = "x".repeat(300_000);
			assertThat(launcher.command("cat").input(much).run().outputText()).isEqualTo(much);
			ProcessTimeoutException failure = catchThrowableOfType(ProcessTimeoutException.class,
					() -> launcher.command("sleep", "60").timeout(Duration.ofMillis(50)).run());
			assertThat(failure.result().outcome()).isEqualTo(ProcessOutcome.TIMEOUT);
			assertThat(Fixture.openDescriptors()).isEqualTo(before);
		}
		assertThat(Fixture.zombies()).isEmpty();
	}

	@Test
	void launcherThatCannotWaitSeesItsProcessesToTheirEndsAndTakesNoMore() throws Exception {
		try (ProcessLauncher launcher = new Deaf(Refused.AWAIT).launcher(ProcessPolicy.undecided())) {
			ManagedProcess process = launcher.command("cat").output(OutputTarget.capture()).input("text").start();
			ManagedProcess another = launcher.command("sleep", "60").output(OutputTarget.discard()).start();
			assertThat(process.result().get().outputText()).isEqualTo("text");
			await().until(() -> launcher.state() == LauncherState.BROKEN);
			assertThatExceptionOfType(ProcessRejectedException.class).isThrownBy(() -> launcher.command("true").run());
			another.destroy();
			another.waitFor();
			assertThat(launcher.stop().isClean()).isTrue();
		}
	}

	enum Refused {

		ADD, REARM, AWAIT

	}

	/**
	 * A kernel that refuses to tell.
	 */
	private static final class Deaf extends SpecialSystem {

		private final Refused refused;

		Deaf(Refused refused) {
			this.refused = refused;
		}

		@Override
		public ReadinessPoll newPoll() throws SystemCallFailure {
			return new DeafPoll(super.newPoll(), this.refused);
		}

	}

	private static final class DeafPoll extends PassingPoll {

		private final Refused refused;

		DeafPoll(ReadinessPoll poll, Refused refused) {
			super(poll);
			this.refused = refused;
		}

		private void refuse(Refused what) throws SystemCallFailure {
			if (this.refused == what) {
				throw new SystemCallFailure("epoll", 28, "ENOSPC", "No space left on device");
			}
		}

		@Override
		public void add(int descriptor, long token, Interest interest) throws SystemCallFailure {
			refuse(Refused.ADD);
			super.add(descriptor, token, interest);
		}

		@Override
		public void rearm(int descriptor, long token, Interest interest) throws SystemCallFailure {
			refuse(Refused.REARM);
			super.rearm(descriptor, token, interest);
		}

		@Override
		public void await(int timeoutMillis, TokenConsumer ready) throws SystemCallFailure {
			refuse(Refused.AWAIT);
			super.await(timeoutMillis, ready);
		}

	}

}
