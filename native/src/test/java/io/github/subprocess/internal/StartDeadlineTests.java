// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.subprocess.Fixture;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Nobody waits for a birth for longer than its start deadline, and what is born later is
 * not left alone.
 */
@Timeout(60)
class StartDeadlineTests {

	private static final ProcessPolicy HASTY = ProcessPolicy.undecided()
		.withDeadlines(DeadlinesPolicy.undecided().withStart(Duration.ofMillis(50)));

	@Test
	void lateChildIsEndedAndNothingIsLeft() {
		HesitantSystem system = new HesitantSystem();
		try (ProcessLauncher launcher = system.launcher(HASTY)) {
			launcher.awaitReady();
			Set<String> before = Fixture.openDescriptors();
			assertThatExceptionOfType(ProcessStartException.class)
				.isThrownBy(() -> launcher.command("sleep", "1000").run())
				.withMessage("Cannot start 'sleep' (policy 'none'): start deadline failed with ETIMEDOUT "
						+ "(not born within PT0.05S)")
				.satisfies((ex) -> assertThat(ex.errno()).isEqualTo(110));
			assertThatExceptionOfType(ProcessStartException.class)
				.isThrownBy(() -> launcher.command("sleep", "1000").pipeInput().start());
			assertThat(launcher.processes().failedToStart()).isEqualTo(2);
			system.goOn.countDown();
			await().untilAsserted(() -> assertThat(Fixture.openDescriptors()).isEqualTo(before));
			assertThat(Fixture.zombies()).isEmpty();
			assertThat(launcher.processes().live()).isEmpty();
		}
	}

	@Test
	void birthThatNobodyWaitsForAnyMoreDoesNotBegin() {
		HesitantSystem system = new HesitantSystem();
		try (ProcessLauncher launcher = system.launcher(HASTY)) {
			for (int i = 0; i < 20; i++) {
				assertThatExceptionOfType(ProcessStartException.class).isThrownBy(() -> launcher.command("true").run());
			}
			int begun = system.begun.get();
			assertThat(begun).as("no more than there are threads for births").isLessThan(20);
			system.goOn.countDown();
			launcher.command("true")
				.overrides(ProcessPolicy.undecided()
					.withDeadlines(DeadlinesPolicy.undecided().withStart(Duration.ofSeconds(30))))
				.run();
			assertThat(system.begun.get()).isEqualTo(begun + 1);
		}
	}

	@Test
	void childThatIsBornInTimeIsLikeAnyOther() {
		HesitantSystem system = new HesitantSystem();
		system.goOn.countDown();
		try (ProcessLauncher launcher = system.launcher(ProcessPolicy.undecided()
			.withDeadlines(DeadlinesPolicy.undecided().withStart(Duration.ofSeconds(30))))) {
			assertThat(launcher.command("echo", "born").run().outputText()).isEqualTo("born\n");
			assertThatExceptionOfType(ProcessStartException.class)
				.isThrownBy(() -> launcher.command("/no/such/program").run())
				.satisfies((ex) -> assertThat(ex.step()).isEqualTo("exec"));
		}
	}

	/**
	 * Births take until they are let go on.
	 */
	private static final class HesitantSystem extends SpecialSystem {

		private final CountDownLatch goOn = new CountDownLatch(1);

		private final AtomicInteger begun = new AtomicInteger();

		@Override
		public SpawnedChild spawn(SpawnPlan plan) throws SpawnFailure {
			this.begun.incrementAndGet();
			try {
				this.goOn.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return super.spawn(plan);
		}

	}

}
