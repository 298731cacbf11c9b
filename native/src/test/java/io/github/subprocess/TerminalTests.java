// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.ProcessLauncher.CommandSpec;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.policy.TerminalMode;
import io.github.subprocess.policy.TerminalPolicy;
import io.github.subprocess.policy.TerminationPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A child with a terminal of its own is on it with all that it says and reads.
 */
@Timeout(120)
class TerminalTests {

	private static final TerminalPolicy ENABLED = TerminalPolicy.undecided().withEnabled(true);

	@TempDir
	Path directory;

	private ProcessLauncher launcher;

	@BeforeEach
	void launch() {
		assumeTrue(Files.exists(Path.of("/dev/ptmx")), "there are no pseudo-terminals here");
		this.launcher = Fixture.launcher().policy("t", ProcessPolicy.undecided().withTerminal(ENABLED)).build();
	}

	@AfterEach
	void close() {
		if (this.launcher != null) {
			this.launcher.close();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "VFORK", "FORK" })
	void allStreamsAreTheControllingTerminal(SpawnMechanism mechanism) {
		String script = "test -t 0 && test -t 1 && test -t 2 && echo all; tty; ps -o tty= -p $$; : > /dev/tty && echo own";
		String output = sh(script).overrides(ProcessPolicy.undecided().withMechanism(mechanism)).run().outputText();
		assertThat(output).matches("all\r\n/dev/(pts/\\d+)\r\n\\s*\\S+\\s*\r\nown\r\n");
		String[] lines = output.split("\r\n");
		assertThat("/dev/" + lines[2].strip()).isEqualTo(lines[1]);
	}

	@Test
	void bothOutputsComeTogether() {
		ProcessResult result = sh("echo out; echo err >&2").run();
		assertThat(result.outputText()).isEqualTo("out\r\nerr\r\n");
		assertThat(result.errorText()).isEmpty();
	}

	@Test
	void sizeIsThatOfThePolicyAndChanges() throws IOException {
		assertThat(sh("stty size").run().outputText()).isEqualTo("24 80\r\n");
		ProcessPolicy large = ProcessPolicy.undecided()
			.withTerminal(TerminalPolicy.undecided().withRows(50).withColumns(132));
		try (ManagedProcess process = sh("trap 'stty size; exit 0' WINCH; stty size; while :; do sleep 0.05; done")
			.overrides(large)
			.output(OutputTarget.pipe())
			.start()) {
			BufferedReader output = reader(process);
			assertThat(output.readLine()).isEqualTo("50 132");
			process.resizeTerminal(10, 20);
			assertThat(output.readLine()).isEqualTo("10 20");
			assertThat(process.awaitSuccess().status()).isEqualTo(new ExitStatus.Exited(0));
			process.resizeTerminal(1, 1);
			assertThatIllegalArgumentException().isThrownBy(() -> process.resizeTerminal(0, 1));
		}
	}

	@Test
	void processWithoutTerminalHasNoneToResize() {
		try (ManagedProcess process = this.launcher.command("sleep", "60").start()) {
			assertThatIllegalStateException().isThrownBy(() -> process.resizeTerminal(1, 1))
				.withMessageContaining("has no terminal");
		}
	}

	@Test
	void endOfInputIsReadAndTheLineBeforeItToo() {
		assertThat(quiet("cat; echo over").run().outputText()).isEqualTo("over\r\n");
		assertThat(quiet("cat; echo over").input("line\n").run().outputText()).isEqualTo("line\r\nover\r\n");
		assertThat(quiet("cat; echo over").input("part").run().outputText()).isEqualTo("partover\r\n");
	}

	@Test
	void closedInputEndsInputAndNotTheTerminal() throws IOException {
		try (ManagedProcess process = quiet("cat; test -t 1 && echo still").pipeInput()
			.output(OutputTarget.pipe())
			.start()) {
			OutputStream input = process.getOutputStream();
			input.write("one\n".getBytes(StandardCharsets.UTF_8));
			BufferedReader output = reader(process);
			assertThat(output.readLine()).isEqualTo("one");
			input.close();
			input.close();
			assertThat(output.readLine()).isEqualTo("still");
			assertThat(output.readLine()).isNull();
			assertThat(process.awaitSuccess().input().bytesWritten()).isEqualTo(4);
		}
	}

	@Test
	void inputIsEchoedUnlessItIsDecidedOtherwise() {
		assertThat(sh("read -r x; echo got $x").input("word\n").run().outputText()).isEqualTo("word\r\ngot word\r\n");
		assertThat(quiet("read -r x; echo got $x").input("word\n").run().outputText()).isEqualTo("got word\r\n");
	}

	@Test
	void bytesPassAsTheyAreInRawMode() {
		ProcessPolicy raw = ProcessPolicy.undecided().withTerminal(ENABLED.withMode(TerminalMode.RAW));
		String bytes = "a\u0003\u0004\r\n\u001a";
		assertThat(this.launcher.command("head", "-c", "6").policy("t").overrides(raw).input(bytes).run().outputText())
			.isEqualTo(bytes);
	}

	@Test
	void interruptCharacterReachesTheForegroundGroup() throws IOException {
		try (ManagedProcess process = quiet(
				"trap 'echo interrupted; exit 3' INT; echo ready; while :; do sleep 0.05; done")
			.pipeInput()
			.output(OutputTarget.pipe())
			.start()) {
			BufferedReader output = reader(process);
			assertThat(output.readLine()).isEqualTo("ready");
			process.getOutputStream().write(3);
			assertThat(output.readLine()).isIn("^Cinterrupted", "interrupted");
			assertThat(process.result().join().status()).isEqualTo(new ExitStatus.Exited(3));
		}
	}

	@Test
	void shellControlsJobs() {
		String output = this.launcher.command("sh", "-i")
			.policy("t")
			.input("set -m; sleep 60 & jobs; kill %1; echo done-$((1+1))\nexit 0\n")
			.run()
			.outputText();
		assertThat(output).contains("done-2").contains("Running").doesNotContain("can't access tty");
	}

	@Test
	void lastWordsOfAChildThatEndsAtOnceAreRead() {
		String expected = "x".repeat(79) + "\r\n";
		for (int i = 0; i < 20; i++) {
			String output = sh("i=0; while [ $i -lt 400 ]; do echo " + "x".repeat(79) + "; i=$((i+1)); done").run()
				.outputText();
			assertThat(output).hasSize(400 * expected.length()).isEqualTo(expected.repeat(400));
		}
	}

	@Test
	void outputIsCompleteWhereItWasReadToTheHangUp() {
		assertThat(sh("echo x").run().output().complete()).isTrue();
	}

	@Test
	void outputThatGoesNowhereOrToAFileIsTakenAllTheSame() throws IOException {
		Path file = this.directory.resolve("file");
		sh("seq 1 20000").output(OutputTarget.discard()).run();
		sh("seq 1 20000").output(OutputTarget.file(file)).run();
		assertThat(Files.readString(file)).startsWith("1\r\n2\r\n").endsWith("\r\n20000\r\n");
		List<String> lines = new ArrayList<>();
		sh("echo a; echo b").output(OutputTarget.lines(lines::add)).run();
		assertThat(lines).containsExactly("a", "b");
	}

	@Test
	void manyAtOnceLeaveNothing() throws IOException {
		sh("true").run();
		long before = descriptors();
		List<ManagedProcess> processes = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			processes.add(sh("read -r x; echo $x").pipeInput().start());
		}
		for (ManagedProcess process : processes) {
			process.getOutputStream().write("yes\n".getBytes(StandardCharsets.UTF_8));
		}
		for (ManagedProcess process : processes) {
			assertThat(reader(process).readLine()).isEqualTo("yes");
			process.awaitSuccess();
			process.close();
		}
		assertThat(descriptors()).isEqualTo(before);
	}

	@Test
	void failedBirthLeavesNothing() throws IOException {
		sh("true").run();
		long before = descriptors();
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.launcher.command("/no/such/program").policy("t").run());
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> sh("true").output(OutputTarget.file(this.directory.resolve("no/file"))).run());
		assertThat(descriptors()).isEqualTo(before);
	}

	@Test
	void shellThatWaitsForInputIsEndedInTime() {
		ManagedProcess process = this.launcher.command("sh", "-i")
			.policy("t")
			// an interactive shell ignores SIGTERM
			.overrides(ProcessPolicy.undecided()
				.withTermination(TerminationPolicy.undecided().withGracePeriod(Duration.ofMillis(500))))
			.pipeInput()
			.start();
		process.close();
		assertThat(process.isAlive()).isFalse();
	}

	@Test
	void whatATerminalCannotBeIsRefusedWithItsKey() {
		refused("session INHERIT", sh("true").overrides(ProcessPolicy.undecided().withSession(SessionMode.INHERIT)));
		refused("error must not be set", sh("true").error(OutputTarget.discard()));
		refused("output must not be inherited", sh("true").output(OutputTarget.inherit()));
		refused("input must not be a file", sh("true").input(Path.of("/dev/null")));
		assertThatIllegalArgumentException().isThrownBy(() -> TerminalPolicy.undecided().withRows(0))
			.withMessageContaining("terminal.rows");
		assertThatIllegalArgumentException().isThrownBy(() -> TerminalPolicy.undecided().withColumns(65536))
			.withMessageContaining("terminal.columns");
	}

	@Test
	void posixSpawnCannotGiveOne() {
		assertThatExceptionOfType(ProcessStartException.class).isThrownBy(
				() -> sh("true").overrides(ProcessPolicy.undecided().withMechanism(SpawnMechanism.POSIX_SPAWN)).run())
			.withMessageContaining("controlling-terminal");
	}

	private static void refused(String reason, CommandSpec command) {
		assertThatIllegalArgumentException().isThrownBy(command::run)
			.withMessageContaining(reason)
			.withMessageContaining("terminal.enabled");
	}

	private static long descriptors() throws IOException {
		try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return descriptors.filter((descriptor) -> {
				try {
					String target = Files.readSymbolicLink(descriptor).toString();
					return target.contains("pt") && target.startsWith("/dev/");
				}
				catch (IOException ex) {
					return false;
				}
			}).count();
		}
	}

	private static BufferedReader reader(ManagedProcess process) {
		return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

	private CommandSpec sh(String script) {
		return this.launcher.command("sh", "-c", script).policy("t").timeout(Duration.ofSeconds(60));
	}

	private CommandSpec quiet(String script) {
		return sh(script).overrides(
				ProcessPolicy.undecided().withTerminal(TerminalPolicy.undecided().withMode(TerminalMode.NO_ECHO)));
	}

}
