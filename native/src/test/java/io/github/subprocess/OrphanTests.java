// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.policy.TerminationScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A JVM that adopts orphans ends and reaps those of its own trees, and nobody else's. In
 * a JVM of its own, since that cannot be taken back.
 */
@Timeout(120)
class OrphanTests {

	private static final ProcessPolicy TREE = ProcessPolicy.undecided()
		.withTermination(
				TerminationPolicy.undecided().withScope(TerminationScope.TREE).withGracePeriod(Duration.ofMillis(300)));

	@Test
	void daemonIsEndedWithTheTreeAndReaped() {
		assertThat(run(DaemonOfOurs.class)).containsEntry("checked", 1L);
	}

	@Test
	void stormIsEndedAndReaped() {
		assertThat(run(Storm.class)).containsEntry("checked", 1L);
	}

	@Test
	void whatAProcessLeftRunningIsReapedWhenItEnds() {
		assertThat(run(LeftRunning.class)).containsEntry("checked", 1L);
	}

	@Test
	void orphansOfOtherCodeAreNeitherEndedNorReaped() {
		assertThat(run(DaemonOfOthers.class)).containsEntry("checked", 1L);
	}

	private Map<String, Long> run(Class<?> program) {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			return TestJvm.run(launcher, "64m", program);
		}
	}

	private static ProcessLauncher adopting() {
		return Fixture.launcher().adoptOrphans(true).build();
	}

	/**
	 * Daemons of one that is ended.
	 */
	static final class DaemonOfOurs {

		private DaemonOfOurs() {
		}

		public static void main(String[] arguments) {
			try (ProcessLauncher launcher = adopting()) {
				endWith(launcher, false);
				endWith(launcher, true);
				TestJvm.say("checked", 1);
			}
		}

		private static void endWith(ProcessLauncher launcher, boolean ignoring) {
			ManagedProcess process = launcher
				.command(Fixture.program("daemonize"), "stay", ignoring ? "ignore" : "obey")
				.overrides(TREE)
				.start();
			long daemon = ReadyProcess.await(process).get(0);
			ProcessHandle handle = ProcessHandle.of(daemon).orElseThrow();
			assertThat(handle.parent()).contains(ProcessHandle.current());
			process.close();
			ProcessResult result = process.result().join();
			assertThat(result.treeEnd()).isEqualTo(new TreeEnd(1, List.of()));
			assertThat(result.forced()).isEqualTo(ignoring);
			assertThat(handle.isAlive()).isFalse();
			assertThat(Fixture.zombies()).isEmpty();
		}

	}

	/**
	 * Descendants that come faster than they can be looked at, and lose their parent.
	 */
	static final class Storm {

		private Storm() {
		}

		public static void main(String[] arguments) {
			try (ProcessLauncher launcher = adopting()) {
				end(launcher.command(Fixture.program("fork_storm"), "leave").overrides(TREE));
				end(launcher.command(Fixture.program("fork_storm")).overrides(TREE));
				end(launcher.command(Fixture.program("fork_storm")));
				TestJvm.say("checked", 1);
			}
		}

		private static void end(ProcessLauncher.CommandSpec storm) {
			ManagedProcess process = storm.start();
			ReadyProcess.await(process);
			process.destroyForcibly();
			TreeEnd end = process.result().join().treeEnd();
			assertThat(end.ended()).isGreaterThanOrEqualTo(19);
			assertThat(end.left()).isEmpty();
			await().until(() -> ProcessHandle.current().descendants().findAny().isEmpty());
			assertThat(Fixture.zombies()).isEmpty();
		}

	}

	/**
	 * Descendants of those that end by themselves.
	 */
	static final class LeftRunning {

		private LeftRunning() {
		}

		public static void main(String[] arguments) {
			try (ProcessLauncher launcher = adopting()) {
				ManagedProcess process = launcher.command(Fixture.program("daemonize")).start();
				long daemon = ReadyProcess.await(process).get(0);
				assertThat(process.result().join().treeEnd()).isEqualTo(TreeEnd.ALONE);
				assertThat(Fixture.isRunning(daemon)).isTrue();
				ProcessHandle.of(daemon).orElseThrow().destroy();
				launcher.command("sh", "-c", "sleep 0.1 >/dev/null 2>&1 &").run();
				launcher.command("sh", "-c", "(sh -c 'sleep 0.3; true' & sleep 0.1) >/dev/null 2>&1 &").run();
				await().until(() -> ProcessHandle.current().descendants().findAny().isEmpty());
				assertThat(Fixture.zombies()).isEmpty();
				TestJvm.say("checked", 1);
			}
		}

	}

	/**
	 * Daemons of processes that nobody of this library has started.
	 */
	static final class DaemonOfOthers {

		private DaemonOfOthers() {
		}

		public static void main(String[] arguments) throws Exception {
			try (ProcessLauncher launcher = adopting()) {
				launcher.awaitReady();
				Process other = new ProcessBuilder(Fixture.program("daemonize"), "stay").start();
				long daemon = ReadyProcess.await(other).get(0);
				ProcessHandle handle = ProcessHandle.of(daemon).orElseThrow();
				assertThat(handle.parent()).contains(ProcessHandle.current());
				ManagedProcess process = launcher.command(Fixture.program("daemonize"), "stay").overrides(TREE).start();
				long ours = ReadyProcess.await(process).get(0);
				process.close();
				assertThat(Fixture.isRunning(ours)).isFalse();
				assertThat(handle.isAlive()).isTrue();
				assertThat(other.isAlive()).isTrue();
				handle.destroyForcibly();
				await().until(() -> !Fixture.isRunning(daemon));
				assertThat(launcher.command("true").run().isSuccess()).isTrue();
				assertThat(Fixture.zombies()).containsExactly(daemon);
				other.destroyForcibly();
				TestJvm.say("checked", 1);
			}
		}

	}

}
