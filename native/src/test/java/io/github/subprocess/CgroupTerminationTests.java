// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.subprocess.policy.CgroupPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.policy.TerminationScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * All members of the cgroup of a process are ended with it, where the JVM may make one.
 */
@Timeout(60)
class CgroupTerminationTests {

	private final ProcessLauncher launcher = ProcessLauncher.create();

	private Path cgroup = Path.of("/nowhere");

	@BeforeEach
	void makeCgroup() {
		Path made = TestCgroups.make("subprocess-test-");
		assumeThat(made).as("a cgroup of our own").isNotNull();
		this.cgroup = made;
	}

	@AfterEach
	void removeCgroup() throws IOException {
		this.launcher.close();
		if (Files.exists(this.cgroup)) {
			await().untilAsserted(() -> Files.delete(this.cgroup));
		}
		assertThat(Fixture.zombies()).isEmpty();
	}

	private ManagedProcess start(Duration grace, String... arguments) {
		return this.launcher.command(Fixture.program("daemonize"), arguments).overrides(policy(grace)).start();
	}

	private ProcessPolicy policy(Duration grace) {
		return ProcessPolicy.undecided()
			.withCgroup(CgroupPolicy.joining(this.cgroup))
			.withTermination(TerminationPolicy.undecided().withScope(TerminationScope.CGROUP).withGracePeriod(grace));
	}

	@Test
	void daemonIsAskedAndEnds() {
		ManagedProcess process = start(Duration.ofSeconds(30), "stay");
		long daemon = ReadyProcess.await(process).get(0);
		process.close();
		assertThat(Fixture.isRunning(daemon)).isFalse();
		assertThat(process.result().join().forced()).isFalse();
		assertThat(process.result().join().treeEnd()).isEqualTo(new TreeEnd(1, List.of()));
	}

	@Test
	void daemonThatIgnoresTheSignalIsKilledByTheKernel() {
		ManagedProcess process = start(Duration.ofMillis(200), "stay", "ignore");
		long daemon = ReadyProcess.await(process).get(0);
		process.close();
		assertThat(Fixture.isRunning(daemon)).isFalse();
		assertThat(process.result().join().forced()).isTrue();
		assertThat(process.result().join().treeEnd()).isEqualTo(new TreeEnd(1, List.of()));
	}

	@Test
	void stormIsEnded() {
		ManagedProcess process = this.launcher.command(Fixture.program("fork_storm"), "leave")
			.overrides(policy(Duration.ofMillis(100)))
			.start();
		ReadyProcess.await(process);
		process.close();
		assertThat(process.result().join().treeEnd().left()).isEmpty();
		assertThat(members()).isEmpty();
	}

	private List<String> members() {
		try (Stream<String> lines = Files.lines(this.cgroup.resolve("cgroup.procs"))) {
			return lines.toList();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void scopeWithoutACgroupIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.launcher.command("true").overrides(policy(Duration.ZERO).withCgroup(null)).run())
			.withMessageContaining("termination.scope")
			.withMessageContaining("without a cgroup");
	}

	@Test
	void cgroupOfTheJvmIsRefused() {
		Path root = this.cgroup.getParent();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.launcher.command("true")
				.overrides(policy(Duration.ZERO).withCgroup(CgroupPolicy.joining(root)))
				.run())
			.withMessageContaining("termination.scope")
			.withMessageContaining("the JVM itself");
	}

}
