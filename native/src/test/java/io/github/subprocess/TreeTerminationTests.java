// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.subprocess.LeftOver.Reason;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.policy.TerminationScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Descendants are ended with a process, wherever they have gone, as far as its scope
 * says; the result names the others.
 */
@Timeout(60)
@Tag(Fixture.EVERY_MECHANISM)
class TreeTerminationTests {

	private final ProcessLauncher launcher = Fixture.launcher().build();

	@AfterEach
	void nothingIsLeft() {
		this.launcher.close();
		assertThat(Fixture.zombies()).isEmpty();
	}

	private static ProcessPolicy scope(TerminationScope scope, Duration grace) {
		return ProcessPolicy.undecided()
			.withTermination(TerminationPolicy.undecided().withScope(scope).withGracePeriod(grace));
	}

	private ManagedProcess start(TerminationScope scope, Duration grace, String fixture, String... arguments) {
		return this.launcher.command(Fixture.program(fixture), arguments).overrides(scope(scope, grace)).start();
	}

	private static TreeEnd end(ManagedProcess process) {
		process.close();
		return process.result().join().treeEnd();
	}

	private static void killDaemon(long pid) {
		ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
		await().until(() -> !Fixture.isRunning(pid));
	}

	@Test
	void processAloneIsEndedWithItsScope() {
		ManagedProcess process = start(TerminationScope.PROCESS, Duration.ofSeconds(30), "fork_tree", "2");
		List<Long> children = ReadyProcess.await(process);
		assertThat(end(process)).isEqualTo(TreeEnd.ALONE);
		assertThat(children).hasSize(2).allMatch(Fixture::isRunning);
		children.forEach(TreeTerminationTests::killDaemon);
	}

	@Test
	void groupIsCounted() {
		ManagedProcess process = start(TerminationScope.GROUP, Duration.ofSeconds(30), "fork_tree", "3");
		List<Long> children = ReadyProcess.await(process);
		assertThat(end(process)).isEqualTo(new TreeEnd(3, List.of()));
		assertThat(children).noneMatch(Fixture::isRunning);
		assertThat(process.result().join().forced()).isFalse();
	}

	@Test
	void processThatEndsByItselfEndsNobody() {
		ManagedProcess process = start(TerminationScope.TREE, Duration.ofSeconds(30), "daemonize");
		long daemon = ReadyProcess.await(process).get(0);
		assertThat(process.result().join().treeEnd()).isEqualTo(TreeEnd.ALONE);
		process.close();
		assertThat(Fixture.isRunning(daemon)).isTrue();
		killDaemon(daemon);
	}

	@Test
	void daemonThatHasLeftItsParentsIsNamedAsLeftOver() {
		ManagedProcess process = start(TerminationScope.TREE, Duration.ofSeconds(30), "daemonize", "stay");
		long daemon = ReadyProcess.await(process).get(0);
		assertThat(end(process))
			.isEqualTo(new TreeEnd(0, List.of(new LeftOver(daemon, "daemonize", Reason.NOT_ADOPTED))));
		assertThat(Fixture.isRunning(daemon)).isTrue();
		killDaemon(daemon);
	}

	@Test
	void whoHasLeftTheGroupAndHasAParentIsEnded() {
		ManagedProcess process = this.launcher.command("sh", "-c", "setsid sleep 100 & echo ready; wait")
			.overrides(scope(TerminationScope.TREE, Duration.ofSeconds(30)))
			.start();
		ReadyProcess.await(process);
		await().until(() -> process.children().anyMatch((child) -> sessionOf(child.pid()) == child.pid()));
		long sleeper = process.children().findFirst().orElseThrow().pid();
		assertThat(end(process)).isEqualTo(new TreeEnd(1, List.of()));
		assertThat(Fixture.isRunning(sleeper)).isFalse();
	}

	private static long sessionOf(long pid) {
		try {
			String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
			return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
		}
		catch (IOException ex) {
			return 0;
		}
	}

	@Test
	void whoHasLeftTheGroupAndNotTheSessionIsEndedThoughItsParentHasGone() {
		ManagedProcess process = this.launcher
			.command("sh", "-c", "sh -mc 'sleep 100 >/dev/null 2>&1 & echo $!'; echo ready; sleep 100")
			.overrides(scope(TerminationScope.TREE, Duration.ofSeconds(30)))
			.start();
		long sleeper = ReadyProcess.await(process).get(0);
		assertThat(end(process).left()).isEmpty();
		assertThat(Fixture.isRunning(sleeper)).isFalse();
	}

	@Test
	void withoutAGroupOfItsOwnDescendantsAreFoundByTheirParents() {
		ManagedProcess process = this.launcher.command(Fixture.program("fork_tree"), "2")
			.overrides(scope(TerminationScope.TREE, Duration.ofSeconds(30)).withSession(SessionMode.INHERIT))
			.start();
		List<Long> children = ReadyProcess.await(process);
		assertThat(end(process)).isEqualTo(new TreeEnd(2, List.of()));
		assertThat(children).noneMatch(Fixture::isRunning);
	}

	@Test
	void forkStormIsEndedByTheKill() {
		ManagedProcess process = start(TerminationScope.GROUP, Duration.ofMillis(100), "fork_storm");
		ReadyProcess.await(process);
		TreeEnd end = end(process);
		assertThat(end.ended()).isGreaterThanOrEqualTo(19);
		assertThat(end.left()).isEmpty();
		assertThat(process.result().join().forced()).isTrue();
		assertThat(running("fork_storm")).isEmpty();
	}

	@Test
	void forkStormThatLeavesTheGroupIsEndedWithTheTree() {
		ManagedProcess process = start(TerminationScope.TREE, Duration.ofMillis(100), "fork_storm", "leave");
		ReadyProcess.await(process);
		TreeEnd end = end(process);
		assertThat(end.ended()).isGreaterThanOrEqualTo(19);
		running("fork_storm").forEach((pid) -> assertThat(end.left()).extracting(LeftOver::pid).contains(pid));
		running("fork_storm").forEach(TreeTerminationTests::killDaemon);
	}

	private static List<Long> running(String fixture) {
		try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
			return entries.map((entry) -> entry.getFileName().toString())
				.filter((name) -> name.matches("\\d+") && commandLine(name).startsWith(Fixture.program(fixture)))
				.map(Long::valueOf)
				.filter(Fixture::isRunning)
				.toList();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static String commandLine(String pid) {
		try {
			return new String(Files.readAllBytes(Path.of("/proc", pid, "cmdline")), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			return "";
		}
	}

	@Test
	void variableIsSetForATreeAloneAndReplacesAnother() {
		String outer = this.launcher.command("printenv", "SUBPROCESS_TREE")
			.environment("SUBPROCESS_TREE", "mine")
			.run()
			.outputText();
		assertThat(outer).isEqualTo("mine\n");
		List<String> inner = this.launcher.command(Fixture.program("print_env"))
			.environment("SUBPROCESS_TREE", "mine")
			.overrides(scope(TerminationScope.TREE, Duration.ZERO))
			.run()
			.outputLines();
		assertThat(inner).filteredOn((line) -> line.startsWith("SUBPROCESS_TREE="))
			.singleElement()
			.asString()
			.matches("SUBPROCESS_TREE=[0-9a-f]{32}");
	}

}
