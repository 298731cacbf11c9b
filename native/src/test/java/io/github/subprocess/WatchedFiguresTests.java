// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.event.ProcessStarted;
import io.github.subprocess.policy.ConcurrencyPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a launcher can be asked by those who watch it.
 */
@Timeout(60)
class WatchedFiguresTests {

	@Test
	void pipesOfTheApplicationAreCounted() throws Exception {
		try (ProcessLauncher launcher = ProcessLauncher.builder().build();
				ManagedProcess process = launcher.command("/bin/sh", "-c", "printf hello; printf oh >&2")
					.error(OutputTarget.pipe())
					.start()) {
			assertThat(process.getInputStream().readNBytes(2)).hasSize(2);
			ProcessResult result = process.result().get();
			assertThat(result.output().totalBytes()).isEqualTo(5);
			assertThat(result.output().bytes()).isEmpty();
			assertThat(result.output().truncated()).isFalse();
			assertThat(result.error().totalBytes()).isEqualTo(2);
			assertThat(process.getInputStream().readAllBytes()).hasSize(3);
		}
	}

	@Test
	void startTellsHowLongItWaitedForItsPlace() throws Exception {
		List<Duration> waits = new CopyOnWriteArrayList<>();
		ProcessListener listener = new ProcessListener() {

			@Override
			public void onStarted(ProcessStarted event) {
				waits.add(event.waited());
			}

		};
		try (ProcessLauncher launcher = ProcessLauncher.builder()
			.policy("p", ProcessPolicy.undecided().withConcurrency(ConcurrencyPolicy.atMost(1)))
			.listener(listener)
			.build(); ManagedProcess first = launcher.command("sleep", "1000").policy("p").start()) {
			CompletableFuture<ProcessResult> second = CompletableFuture
				.supplyAsync(() -> launcher.command("true").policy("p").run());
			await().until(() -> launcher.processes().blocked("p").toMillis() >= 20);
			first.close();
			ProcessResult result = second.get();
			assertThat(waits).hasSize(2);
			assertThat(waits.get(1)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
			assertThat(launcher.processes().find(result.id())).isPresent();
		}
	}

	@Test
	void launchesThatFindNoPlaceBlockAPolicyUntilOneComesFree() {
		try (ProcessLauncher launcher = ProcessLauncher.builder()
			.policy("p", ProcessPolicy.undecided().withConcurrency(ConcurrencyPolicy.atMost(1).withQueue(0)))
			.policy("other", ProcessPolicy.undecided())
			.build()) {
			try (ManagedProcess process = launcher.command("sleep", "1000").policy("p").start()) {
				assertThat(process.isAlive()).isTrue();
				assertThat(launcher.processes().blocked("p")).as("nobody has asked").isZero();
				assertThatExceptionOfType(ProcessRejectedException.class)
					.isThrownBy(() -> launcher.command("true").policy("p").run());
				Duration first = launcher.processes().blocked("p");
				assertThat(first).isPositive();
				assertThatExceptionOfType(ProcessRejectedException.class)
					.isThrownBy(() -> launcher.command("true").policy("p").run());
				assertThat(launcher.processes().blocked("p")).as("since the first one").isGreaterThan(first);
				assertThat(launcher.processes().blocked("other")).isZero();
			}
			assertThat(launcher.processes().blocked("p")).isZero();
		}
	}

	@Test
	void placesOfTheLauncherBlockAllPolicies() {
		try (ProcessLauncher launcher = ProcessLauncher.builder()
			.concurrency(ConcurrencyPolicy.atMost(1).withQueue(0))
			.policy("p", ProcessPolicy.undecided())
			.build(); ManagedProcess process = launcher.command("sleep", "1000").start()) {
			assertThat(process.isAlive()).isTrue();
			assertThatExceptionOfType(ProcessRejectedException.class)
				.isThrownBy(() -> launcher.command("true").policy("p").run());
			assertThat(launcher.processes().blocked("p")).isPositive();
			assertThat(launcher.processes().blocked(ProcessLauncher.NO_POLICY)).isPositive();
		}
	}

	@Test
	void stateTellsWhetherALauncherLaunches() {
		ProcessLauncher launcher = ProcessLauncher.builder().build();
		assertThat(launcher.state()).isEqualTo(LauncherState.ACCEPTING);
		launcher.stop();
		assertThat(launcher.state()).isEqualTo(LauncherState.STOPPED);
		launcher.resume();
		assertThat(launcher.state()).isEqualTo(LauncherState.ACCEPTING);
		launcher.close();
		assertThat(launcher.state()).isEqualTo(LauncherState.STOPPED);
	}

	@Test
	void platformTellsWhatTheChildFinds() {
		try (ProcessLauncher launcher = ProcessLauncher.builder().build();
				ManagedProcess process = launcher.command("true").start()) {
			LaunchPlatform platform = launcher.platform();
			assertThat(platform.coreAbi()).isEqualTo(1);
			assertThat(platform.version()).matches("\\d+\\.\\d+\\.\\d+(-\\w+)?");
			assertThat(platform.kernel().closeRange())
				.isEqualTo(Set.of(DescriptorClosing.UNSHARE, DescriptorClosing.CLOSE_RANGE)
					.contains(process.snapshot().closing()));
		}
	}

}
