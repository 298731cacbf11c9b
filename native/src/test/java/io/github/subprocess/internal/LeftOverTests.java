// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.io.BufferedReader;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.subprocess.Fixture;
import io.github.subprocess.LeftOver;
import io.github.subprocess.LeftOver.Reason;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.StopReport;
import io.github.subprocess.TreeEnd;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.policy.TerminationScope;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.SystemCallFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Who cannot be ended is named, and does not keep the end from coming: where signals to
 * descendants are refused, or have no effect.
 */
@Timeout(60)
class LeftOverTests {

	private static final ProcessPolicy TREE = ProcessPolicy.undecided()
		.withTermination(
				TerminationPolicy.undecided().withScope(TerminationScope.TREE).withGracePeriod(Duration.ofMillis(200)));

	@Test
	void whoMayNotBeSignalledIsNamedAndNotWaitedFor() throws Exception {
		long begun = System.nanoTime();
		LeftOver left = leftBy(new RestrictedSystem(true));
		assertThat(left.reason()).isEqualTo(Reason.NOT_PERMITTED);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("five seconds are for the kernel")
			.isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void whoSurvivesTheKillIsNamed() throws Exception {
		assertThat(leftBy(new RestrictedSystem(false)).reason()).isEqualTo(Reason.SURVIVED);
	}

	private static LeftOver leftBy(RestrictedSystem system) throws Exception {
		try (ProcessLauncher launcher = system.launcher(TREE)) {
			ManagedProcess process = launcher.command("sh", "-c", "setsid sh -c 'echo $$; exec sleep 100' & wait")
				.start();
			BufferedReader reader = process.inputReader();
			long sleeper = Long.parseLong(reader.readLine());
			await().until(() -> ProcessHandle.of(sleeper).orElseThrow().info().command().orElse("").endsWith("sleep"));
			StopReport report = launcher.stop();
			TreeEnd end = process.result().join().treeEnd();
			assertThat(Fixture.isRunning(sleeper)).isTrue();
			ProcessHandle.of(sleeper).ifPresent(ProcessHandle::destroyForcibly);
			assertThat(end.ended()).isZero();
			assertThat(end.left()).extracting(LeftOver::pid, LeftOver::name).containsExactly(tuple(sleeper, "sleep"));
			assertThat(report.left()).isEmpty();
			assertThat(report.leftOvers()).isEqualTo(end.left());
			assertThat(report.isClean()).isFalse();
			return end.left().get(0);
		}
	}

	/**
	 * Where only children can be signalled.
	 */
	private static final class RestrictedSystem extends SpecialSystem {

		private final Set<Integer> children = ConcurrentHashMap.newKeySet();

		private final boolean refusing;

		RestrictedSystem(boolean refusing) {
			this.refusing = refusing;
		}

		@Override
		public SpawnedChild spawn(SpawnPlan plan) throws SpawnFailure {
			SpawnedChild child = super.spawn(plan);
			this.children.add(child.pidfd());
			return child;
		}

		@Override
		public void signal(int pidfd, int signal) throws SystemCallFailure {
			if (this.children.contains(pidfd)) {
				super.signal(pidfd, signal);
			}
			else if (this.refusing) {
				throw new SystemCallFailure("pidfd_send_signal", 1, "EPERM", "Operation not permitted");
			}
		}

	}

}
