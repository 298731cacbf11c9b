// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.Fixture;
import io.github.subprocess.LauncherState;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.StopReport;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whoever ends after a launcher has been closed, or is born while it is, is reaped all
 * the same, and the launcher's threads end after him.
 */
@Timeout(60)
class LateEndTests {

	private static final ProcessPolicy NO_GRACE = ProcessPolicy.undecided()
		.withTermination(TerminationPolicy.undecided().withGracePeriod(Duration.ZERO));

	@AfterEach
	void nothingIsLeft() {
		await().until(() -> Fixture.zombies().isEmpty());
		await().until(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().equals("subprocess-reactor")));
	}

	@Test
	void whoOutlivesTheStopIsReapedWhenHeEnds() throws Exception {
		try (ProcessLauncher launcher = new Unkillable().launcher(NO_GRACE)) {
			ManagedProcess process = launcher.command("sleep", "100").start();
			launcher.close();
			assertThat(launcher.processes().live()).hasSize(1);
			assertThat(process.toHandle().destroyForcibly()).isTrue();
			assertThat(process.result().get(30, TimeUnit.SECONDS).status())
				.isEqualTo(new ExitStatus.Signalled(ProcessSignal.KILL.number(), false));
			assertThat(launcher.processes().live()).isEmpty();
		}
	}

	@Test
	void whoIsBornMeanwhileIsEnded() throws Exception {
		SlowBirth system = new SlowBirth();
		ProcessLauncher launcher = system.launcher(NO_GRACE);
		CompletableFuture<ManagedProcess> start = CompletableFuture
			.supplyAsync(() -> launcher.command("sleep", "100").start());
		assertThat(system.begun.await(30, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<StopReport> stop = CompletableFuture.supplyAsync(() -> {
			StopReport report = launcher.stop();
			launcher.close();
			return report;
		});
		await().until(() -> launcher.state() == LauncherState.STOPPED);
		system.goOn.countDown();
		assertThat(stop.get(30, TimeUnit.SECONDS)).isEqualTo(new StopReport(0, 1, List.of(), List.of()));
		assertThat(start.get(30, TimeUnit.SECONDS).result().get(30, TimeUnit.SECONDS).status())
			.isEqualTo(new ExitStatus.Signalled(ProcessSignal.KILL.number(), false));
		assertThat(launcher.processes().live()).isEmpty();
	}

	/**
	 * As if it were stuck in the kernel.
	 */
	private static final class Unkillable extends SpecialSystem {

		@Override
		public void signal(int pidfd, int signal) {
			// without effect
		}

		@Override
		public void signalGroup(int group, int signal) {
			// without effect
		}

	}

	/**
	 * As if the file of the program came over a slow network.
	 */
	private static final class SlowBirth extends SpecialSystem {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		@Override
		public SpawnedChild spawn(SpawnPlan plan) throws SpawnFailure {
			this.begun.countDown();
			try {
				assertThat(this.goOn.await(30, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
			return super.spawn(plan);
		}

	}

}
