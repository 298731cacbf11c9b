// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.health;

import java.time.Duration;
import java.util.Map;

import io.github.subprocess.LauncherState;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.ProcessExitException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.policy.ConcurrencyPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SubprocessHealthIndicator}.
 */
@Timeout(60)
class SubprocessHealthIndicatorTests {

	private static final Duration LONG = Duration.ofHours(1);

	private final ProcessLauncher launcher = ProcessLauncher.builder()
		.policy("narrow", ProcessPolicy.undecided().withConcurrency(ConcurrencyPolicy.atMost(1).withQueue(0)))
		.build();

	@AfterEach
	void close() {
		this.launcher.close();
	}

	@Test
	void launcherThatLaunchesIsUpWhateverBecomesOfItsProcesses() {
		assertThatExceptionOfType(ProcessExitException.class).isThrownBy(() -> this.launcher.command("false").run());
		Health health = new SubprocessHealthIndicator(this.launcher, LONG).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("state", LauncherState.ACCEPTING).containsEntry("live", 0);
	}

	@Test
	void reachedLimitIsNoFaultUntilSomebodyFindsNoPlace() {
		SubprocessHealthIndicator impatient = new SubprocessHealthIndicator(this.launcher, Duration.ofNanos(1));
		try (ManagedProcess process = this.launcher.command("sleep", "1000").policy("narrow").start()) {
			assertThat(process.isAlive()).isTrue();
			assertThat(impatient.health().getStatus()).isEqualTo(Status.UP);
			assertThatExceptionOfType(ProcessRejectedException.class)
				.isThrownBy(() -> this.launcher.command("true").policy("narrow").run());
			Health health = impatient.health();
			assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health.getDetails()).hasEntrySatisfying("blocked",
					(blocked) -> assertThat(blocked)
						.asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.map(String.class, Duration.class))
						.containsOnlyKeys("narrow"));
			assertThat(new SubprocessHealthIndicator(this.launcher, LONG).health().getStatus()).as("not for long")
				.isEqualTo(Status.UP);
		}
		assertThat(impatient.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void stoppedLauncherIsOutOfService() {
		this.launcher.stop();
		assertThat(new SubprocessHealthIndicator(this.launcher, LONG).health().getStatus())
			.isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void launcherThatCannotWatchIsDown() {
		ProcessLauncher broken = mock(ProcessLauncher.class);
		given(broken.state()).willReturn(LauncherState.BROKEN);
		given(broken.policies()).willReturn(Map.of());
		ProcessRegistry processes = mock(ProcessRegistry.class);
		given(processes.blocked("none")).willReturn(Duration.ZERO);
		given(broken.processes()).willReturn(processes);
		assertThat(new SubprocessHealthIndicator(broken, LONG).health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void missingNativeCoreIsDownWithItsReason() {
		ProcessLauncher unavailable = mock(ProcessLauncher.class);
		given(unavailable.state()).willThrow(new NativeCoreUnavailableException("no core here", "get one", null));
		Health health = new SubprocessHealthIndicator(unavailable, LONG).health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails().get("unavailable")).asString().startsWith("no core here");
	}

}
