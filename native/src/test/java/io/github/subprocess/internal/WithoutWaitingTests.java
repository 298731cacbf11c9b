// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.Fixture;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessLostException;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A child that cannot be waited for is asked about again. When there is no hope whoever
 * waits is told.
 */
@Timeout(120)
class WithoutWaitingTests {

	@Test
	void waitThatIsRefusedForAWhileIsTriedAgain() {
		Refusing system = new Refusing(6);
		try (ProcessLauncher launcher = system.launcher(ProcessPolicy.undecided())) {
			assertThat(launcher.command("echo", "text").run().status()).isEqualTo(new ExitStatus.Exited(0));
			assertThat(system.refusals).isZero();
		}
		assertThat(Fixture.zombies()).isEmpty();
	}

	@Test
	void waitThatIsRefusedForGoodIsTold() throws Exception {
		Refusing system = new Refusing(Integer.MAX_VALUE);
		try (ProcessLauncher launcher = system.launcher(ProcessPolicy.undecided())) {
			ProcessLostException failure = catchThrowableOfType(ProcessLostException.class,
					() -> launcher.command("true").run());
			assertThat(failure).hasMessageContaining("waitid: EPERM").hasMessageContaining("Nobody knows");
			assertThat(launcher.processes().live()).isEmpty();
			system.reap(-system.child.pid());
		}
		assertThat(Fixture.zombies()).isEmpty();
	}

	/**
	 * A kernel that refuses to wait some times.
	 */
	private static final class Refusing extends SpecialSystem {

		private int refusals;

		private volatile SpawnedChild child;

		Refusing(int refusals) {
			this.refusals = refusals;
		}

		@Override
		public SpawnedChild spawn(SpawnPlan plan) throws SpawnFailure {
			this.child = super.spawn(plan);
			return this.child;
		}

		@Override
		public @Nullable ExitRecord poll(int pidfd, boolean reap) throws SystemCallFailure {
			if (this.refusals > 0) {
				this.refusals--;
				throw new SystemCallFailure("waitid", 1, "EPERM", "Operation not permitted");
			}
			return super.poll(pidfd, reap);
		}

		void reap(int pidfd) throws SystemCallFailure {
			super.poll(pidfd, true);
		}

	}

}
