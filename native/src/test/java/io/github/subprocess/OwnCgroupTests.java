// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.subprocess.LeftOver.Reason;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.CgroupPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.policy.TerminationScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * A process gets a cgroup of its own, where the JVM may make one, and nothing is left of
 * it.
 */
@Timeout(60)
class OwnCgroupTests {

	private final ProcessLauncher launcher = ProcessLauncher.builder().build();

	private Path parent = Path.of("/nowhere");

	@BeforeEach
	void makeParent() {
		Path made = TestCgroups.make("subprocess-own-test-");
		assumeThat(made).as("a cgroup of version 2 that may be made").isNotNull();
		this.parent = made;
	}

	@AfterEach
	void removeParent() throws IOException {
		this.launcher.close();
		if (Files.exists(this.parent)) {
			Files.delete(this.parent);
		}
	}

	private ProcessPolicy policy(CgroupPolicy cgroup) {
		return ProcessPolicy.undecided().withCgroup(cgroup);
	}

	private ProcessPolicy below() {
		return policy(CgroupPolicy.below(this.parent));
	}

	private List<String> beneath() throws IOException {
		try (Stream<Path> files = Files.list(this.parent)) {
			return files.filter(Files::isDirectory).map((path) -> path.getFileName().toString()).toList();
		}
	}

	private void enable(String controller) throws IOException {
		Path available = this.parent.getParent().resolve("cgroup.controllers");
		assumeThat(Files.readString(available).strip().split(" ")).as("controllers of version 2").contains(controller);
		Files.writeString(this.parent.getParent().resolve("cgroup.subtree_control"), "+" + controller);
	}

	@Test
	void isMadeForTheProcessAndRemovedWhenItHasEnded() throws IOException {
		ProcessResult result = this.launcher.command("cat", "/proc/self/cgroup").overrides(below()).run();
		assertThat(result.outputText()).containsPattern("0::/(.*/)?" + this.parent.getFileName() + "/subprocess-\\d+-"
				+ ProcessHandle.current().pid() + "-\\d+-\\d+-none\n");
		assertThat(beneath()).isEmpty();
	}

	@Test
	void tellsWhatItsMembersHaveUsed() {
		ProcessResult result = this.launcher.command("sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done")
			.overrides(below())
			.run();
		CgroupUsage usage = result.cgroup();
		assertThat(usage).isNotNull();
		assertThat(usage.userTime().plus(usage.systemTime())).isPositive();
		assertThat(usage.isMemoryLimitHit()).isFalse();
		assertThat(this.launcher.command("true").run().cgroup()).isNull();
	}

	@Test
	void tellsWhatItsMembersUseWhileTheyLive() {
		ProcessRegistry processes = this.launcher.processes();
		String loop = "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; echo done; sleep 1000";
		try (ManagedProcess process = this.launcher.command("sh", "-c", loop)
			.overrides(below())
			.output(OutputTarget.capture())
			.start(); ManagedProcess other = this.launcher.command("sleep", "1000").start()) {
			await().atMost(Duration.ofSeconds(30))
				.until(() -> processes.inspect(process.id(), 10).orElseThrow().outputTail().totalBytes() > 0);
			CgroupFigures figures = processes.inspect(process.id(), 0).orElseThrow().cgroup();
			assertThat(figures).isNotNull();
			assertThat(figures.usage().userTime().plus(figures.usage().systemTime())).isPositive();
			assertThat(processes.cgroups("none")).hasSize(1);
			assertThat(processes.cgroups("nobody")).isEmpty();
			assertThat(processes.inspect(other.id(), 0).orElseThrow().cgroup()).isNull();
		}
		assertThat(processes.cgroups("none")).isEmpty();
		assertThat(processes.recent()).extracting((ended) -> processes.inspect(ended.id(), 0).orElseThrow().cgroup())
			.containsOnlyNulls();
	}

	@Test
	void twoProcessesHaveTwo() throws IOException {
		try (ManagedProcess first = this.launcher.command("sleep", "1000").overrides(below()).start();
				ManagedProcess second = this.launcher.command("sleep", "1000").overrides(below()).start()) {
			assertThat(beneath()).hasSize(2);
			assertThat(Stream.of(first, second)
				.map((process) -> "/proc/" + process.pid() + "/cgroup")
				.map(OwnCgroupTests::read)
				.distinct()).hasSize(2);
		}
		assertThat(beneath()).isEmpty();
	}

	private static String read(String file) {
		try {
			return Files.readString(Path.of(file));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void parentMayBeRelativeToTheCgroupOfTheJvm() throws IOException {
		Path jvm = TestCgroups.own();
		assumeThat(jvm).as("a JVM in a hierarchy of version 2").isNotNull();
		ProcessPolicy policy = policy(CgroupPolicy.below(jvm.relativize(this.parent)));
		assertThat(this.launcher.command("cat", "/proc/self/cgroup").overrides(policy).run().outputText())
			.containsPattern("0::/(.*/)?" + this.parent.getFileName() + "/subprocess-");
		assertThat(beneath()).isEmpty();
	}

	@Test
	void nothingIsLeftOfOneWhoseProgramCannotStart() throws IOException {
		ProcessStartException failure = catchThrowableOfType(ProcessStartException.class,
				() -> this.launcher.command("/no/such/program").overrides(below()).run());
		assertThat(failure.step()).isEqualTo("exec");
		assertThat(beneath()).isEmpty();
	}

	@Test
	void parentThatIsMissingOrNoCgroupIsNamed() {
		ProcessStartException missing = catchThrowableOfType(ProcessStartException.class,
				() -> this.launcher.command("true").overrides(policy(CgroupPolicy.below(Path.of("/no/such")))).run());
		assertThat(missing.step()).isEqualTo("cgroup");
		assertThat(missing.errnoName()).isEqualTo("ENOENT");
		assertThat(missing.subject()).isEqualTo("/no/such/cgroup.subtree_control");
		ProcessStartException folder = catchThrowableOfType(ProcessStartException.class,
				() -> this.launcher.command("true").overrides(policy(CgroupPolicy.below(Path.of("/tmp")))).run());
		assertThat(folder.subject()).isEqualTo("/tmp/cgroup.subtree_control");
	}

	@Test
	void controllerThatIsMissingIsNamedAndNothingIsLeft() throws IOException {
		ProcessPolicy policy = policy(CgroupPolicy.below(this.parent).withFiles(Map.of("nonesuch.max", "1")));
		ProcessStartException failure = catchThrowableOfType(ProcessStartException.class,
				() -> this.launcher.command("true").overrides(policy).run());
		assertThat(failure.step()).isEqualTo("cgroup");
		assertThat(failure.errnoName()).isEqualTo("EINVAL");
		assertThat(failure.subject()).isEqualTo(this.parent + "/cgroup.subtree_control (+nonesuch, for nonesuch.max)");
		assertThat(beneath()).isEmpty();
	}

	@Test
	void limitThatCannotBeSetIsDoneWithoutWhereThatIsAllowed() throws IOException {
		ProcessPolicy policy = policy(CgroupPolicy.below(this.parent).withFiles(Map.of("nonesuch.max", "1")))
			.withBestEffort(Set.of(Attribute.CGROUP));
		try (ManagedProcess process = this.launcher.command("sleep", "1000").overrides(policy).start()) {
			assertThat(process.snapshot().warnings()).singleElement().satisfies((warning) -> {
				assertThat(warning.step()).isEqualTo("cgroup");
				assertThat(warning.subject()).contains("(+nonesuch, for nonesuch.max)");
			});
			assertThat(read("/proc/" + process.pid() + "/cgroup")).contains("/subprocess-");
		}
		assertThat(beneath()).isEmpty();
	}

	@Test
	void cgroupThatCannotBeMadeIsDoneWithoutWhereThatIsAllowed() {
		ProcessPolicy policy = policy(CgroupPolicy.below(Path.of("/no/such")))
			.withTermination(TerminationPolicy.undecided().withScope(TerminationScope.CGROUP))
			.withBestEffort(Set.of(Attribute.CGROUP));
		try (ManagedProcess process = this.launcher.command("sleep", "1000").overrides(policy).start()) {
			assertThat(process.snapshot().warnings()).extracting(SpawnWarning::subject)
				.containsExactly("/no/such/cgroup.subtree_control");
			assertThat(read("/proc/" + process.pid() + "/cgroup")).doesNotContain("/subprocess-");
		}
	}

	@Test
	void limitIsSetAndSeenByTheProcess() throws IOException {
		enable("hugetlb");
		ProcessPolicy policy = policy(CgroupPolicy.below(this.parent).withFiles(Map.of("hugetlb.2MB.max", "4194304")));
		String own = TestCgroups.ownOfAChild();
		assertThat(this.launcher.command("sh", "-c", "cat " + own + "/hugetlb.2MB.max")
			.overrides(policy)
			.run()
			.outputText()).isEqualTo("4194304\n");
		assertThat(Files.readString(this.parent.resolve("cgroup.subtree_control"))).contains("hugetlb");
		assertThat(beneath()).isEmpty();
	}

	@Test
	void valueThatTheKernelRefusesIsBlamedOnItsFile() throws IOException {
		enable("hugetlb");
		ProcessPolicy policy = policy(CgroupPolicy.below(this.parent).withFiles(Map.of("hugetlb.2MB.max", "many")));
		ProcessStartException failure = catchThrowableOfType(ProcessStartException.class,
				() -> this.launcher.command("true").overrides(policy).run());
		assertThat(failure.errnoName()).isEqualTo("EINVAL");
		assertThat(failure.subject()).startsWith(this.parent + "/subprocess-").endsWith("/hugetlb.2MB.max");
		assertThat(beneath()).isEmpty();
	}

	@Test
	void tooManyProcessesAreRefusedAndCounted() throws IOException {
		enable("pids");
		ProcessPolicy policy = policy(CgroupPolicy.below(this.parent).withPidsMax(1));
		ProcessExitException failure = catchThrowableOfType(ProcessExitException.class,
				() -> this.launcher.command("sh", "-c", "(true); true").overrides(policy).run());
		assertThat(failure.result().cgroup().isPidsLimitHit()).isTrue();
		assertThat(failure).hasMessageContaining("the limit of its cgroup on processes was hit");
	}

	@Test
	void processThatIsKilledForItsMemoryIsToldAsSuch() throws IOException {
		enable("memory");
		ProcessPolicy policy = policy(
				CgroupPolicy.below(this.parent).withMemoryMaxBytes(16L * 1024 * 1024).withSwapMaxBytes(0L));
		ProcessExitException failure = catchThrowableOfType(ProcessExitException.class,
				() -> this.launcher.command("tail", "/dev/zero").overrides(policy).run());
		assertThat(failure.result().status()).isEqualTo(new ExitStatus.Signalled(9, false));
		assertThat(failure.result().cgroup().isMemoryLimitHit()).isTrue();
		assertThat(failure).hasMessageContaining("the memory limit of its cgroup was hit: 1 killed");
	}

	@Test
	void daemonsAreKilledWithItWhereThePolicyEndsItsCgroup() throws IOException {
		ProcessPolicy policy = below()
			.withTermination(TerminationPolicy.undecided().withScope(TerminationScope.CGROUP));
		ProcessResult result = this.launcher
			.command("sh", "-c", "setsid sleep 1000 < /dev/null > /dev/null 2>&1 & echo $!")
			.overrides(policy)
			.run();
		assertThat(result.treeEnd().left()).isEmpty();
		assertThat(beneath()).isEmpty();
		long daemon = Long.parseLong(result.outputText().strip());
		await().until(() -> ProcessHandle.of(daemon).filter(OwnCgroupTests::runs).isEmpty());
	}

	@Test
	void daemonsAreNamedWhereItDoesNotAndTheCgroupIsRemovedAfterThem() throws IOException {
		ProcessResult result = this.launcher
			.command("sh", "-c", "setsid sleep 1000 < /dev/null > /dev/null 2>&1 & echo $!")
			.overrides(below())
			.run();
		long daemon = Long.parseLong(result.outputText().strip());
		assertThat(result.treeEnd().left()).singleElement().satisfies((left) -> {
			assertThat(left.pid()).isEqualTo(daemon);
			assertThat(left.reason()).isEqualTo(Reason.IN_CGROUP);
		});
		assertThat(beneath()).hasSize(1);
		Path members = this.parent.resolve(beneath().get(0)).resolve("cgroup.procs");
		ProcessHandle.of(daemon).orElseThrow().destroyForcibly();
		await().until(() -> Files.readString(members).isEmpty());
		this.launcher.command("true").overrides(below()).run();
		assertThat(beneath()).isEmpty();
	}

	private static boolean runs(ProcessHandle process) {
		try {
			return !Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") Z ");
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Test
	void cgroupsThatAProcessHasMadeBeneathAreRemovedToo() throws IOException {
		String own = TestCgroups.ownOfAChild();
		this.launcher.command("sh", "-c", "mkdir -p " + own + "/a/b").overrides(below()).run();
		assertThat(beneath()).isEmpty();
	}

	@Test
	void wholeCgroupIsEndedWithTheProcess() throws IOException {
		ProcessPolicy policy = below().withTermination(
				TerminationPolicy.undecided().withScope(TerminationScope.CGROUP).withGracePeriod(Duration.ZERO));
		ManagedProcess process = this.launcher.command("sh", "-c", "setsid sleep 1000 & exec sleep 1000")
			.overrides(policy)
			.start();
		Path members = this.parent.resolve(beneath().get(0)).resolve("cgroup.procs");
		await().until(() -> Files.readAllLines(members).size() == 2);
		process.close();
		assertThat(process.result().join().treeEnd()).isEqualTo(new TreeEnd(1, List.of()));
		assertThat(beneath()).isEmpty();
	}

	@Test
	void cgroupsOfADeadJvmAreRemovedAndThoseOfOthersAreNot() throws IOException {
		String namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().replaceAll("\\D", "");
		long self = ProcessHandle.current().pid();
		Files.createDirectory(this.parent.resolve("subprocess-" + namespace + "-" + self + "-1-1-dead"));
		Files.createDirectory(this.parent.resolve("subprocess-" + namespace + "-4194305-77-1-dead"));
		List<String> others = List.of("subprocess-1-" + self + "-1-1-elsewhere", "subprocess-of-mine", "other");
		for (String other : others) {
			Files.createDirectory(this.parent.resolve(other));
		}
		try {
			this.launcher.command("true").overrides(below()).run();
			assertThat(beneath()).containsExactlyInAnyOrderElementsOf(others);
		}
		finally {
			for (String other : others) {
				Files.delete(this.parent.resolve(other));
			}
		}
	}

	@Test
	void cgroupOfALiveOneIsNotRemovedByAnotherLauncher() throws IOException {
		try (ManagedProcess process = this.launcher.command("sleep", "1000").overrides(below()).start();
				ProcessLauncher other = ProcessLauncher.builder().build()) {
			other.command("true").overrides(below()).run();
			assertThat(beneath()).hasSize(1);
			assertThat(process.isAlive()).isTrue();
		}
	}

}
