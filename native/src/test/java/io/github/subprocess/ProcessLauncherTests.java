// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.github.subprocess.policy.CredentialsPolicy;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.OutputPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Running commands to their ends.
 */
@Tag(Fixture.EVERY_MECHANISM)
class ProcessLauncherTests {

	private final ProcessLauncher launcher = Fixture.launcher()
		.policy("count", ProcessPolicy.undecided().withCommand("wc", "-c"))
		.policy("bare",
				ProcessPolicy.undecided().withDeadlines(DeadlinesPolicy.undecided().withWall(Duration.ofSeconds(30))))
		.build();

	@AfterEach
	void close() {
		this.launcher.close();
	}

	@Test
	void problemsOfPoliciesAreToldBeforeALaunch() {
		ProcessPolicy missing = ProcessPolicy.undecided().withWorkingDirectory(Path.of("/no/such/directory"));
		try (ProcessLauncher launcher = ProcessLauncher.builder()
			.policy("walk", missing)
			.policy("run", ProcessPolicy.undecided().withCommand(List.of("/no/such/program")))
			.build()) {
			assertThat(launcher.validate()).containsExactly(
					new PolicyProblem("run", "command", "names a program that does not exist: /no/such/program"),
					new PolicyProblem("walk", "working-directory", "does not exist: /no/such/directory"));
		}
	}

	@Test
	void runReturnsWhatTheProgramWrote() {
		ProcessResult result = this.launcher.command("sh", "-c", "echo out; echo err >&2").run();
		assertThat(result.outputText()).isEqualTo("out\n");
		assertThat(result.errorText()).isEqualTo("err\n");
		assertThat(result.status()).isEqualTo(new ExitStatus.Exited(0));
		assertThat(result.outcome()).isEqualTo(ProcessOutcome.SUCCESS);
		assertThat(result.policy()).isEqualTo("none");
		assertThat(result.spawnDuration()).isPositive();
	}

	@Test
	void argumentsArriveAsTheyAre() {
		List<String> arguments = List.of("", " ", "a b", "'\"", "$HOME *", "grüße 🌍", "--", "a\nb");
		ProcessResult result = this.launcher.command("printf", "%s\\0").arguments(arguments).run();
		assertThat(result.outputText()).isEqualTo(String.join("\0", arguments) + "\0");
	}

	@Test
	void environmentIsShortAndClean() {
		ProcessResult result = this.launcher.command("env").environment("GREETING", "hello=there").run();
		assertThat(result.outputLines()).contains("GREETING=hello=there")
			.allMatch((line) -> line.matches("(PATH|HOME|USER|LOGNAME|LANG|LC_\\w+|TZ|TMPDIR|GREETING)=.*"));
	}

	@Test
	void environmentInheritsByPattern() {
		ProcessPolicy all = ProcessPolicy.undecided().withEnvironment(new EnvironmentPolicy(List.of("*"), Map.of()));
		ProcessPolicy nothing = ProcessPolicy.undecided().withEnvironment(new EnvironmentPolicy(List.of(), Map.of()));
		assertThat(this.launcher.command("/usr/bin/env").overrides(all).run().outputLines())
			.hasSameSizeAs(System.getenv().keySet());
		assertThat(this.launcher.command("/usr/bin/env").overrides(nothing).run().outputText()).isEmpty();
	}

	@Test
	void mechanismOfTheLaunchIsUsedAndTold() {
		for (SpawnMechanism mechanism : SpawnMechanism.values()) {
			ProcessPolicy policy = ProcessPolicy.undecided().withMechanism(mechanism);
			assertThat(this.launcher.command("true").overrides(policy).run().mechanism()).isEqualTo(mechanism);
		}
	}

	@Test
	void policyThatCannotBeCompiledIsRefusedBeforeBirth() {
		ProcessPolicy user = ProcessPolicy.undecided().withCredentials(new CredentialsPolicy("root", null, null));
		assertThatIllegalArgumentException().isThrownBy(() -> this.launcher.command("true").overrides(user).run())
			.withMessageContaining("groups must be decided when user is set");
		assertThat(this.launcher.processes().started()).isZero();
	}

	@Test
	void standardInputIsNullUnlessSet() {
		assertThat(this.launcher.command("readlink", "/proc/self/fd/0").run().outputText()).isEqualTo("/dev/null\n");
	}

	@Test
	void standardInputFromBytesTextFileAndStream(@TempDir Path directory) throws IOException {
		byte[] bytes = new byte[1_000_003];
		new Random(7).nextBytes(bytes);
		Path file = Files.write(directory.resolve("input"), bytes);
		ProcessPolicy room = ProcessPolicy.undecided().withOutput(new OutputPolicy(4_000_000L, null));
		assertThat(this.launcher.command("cat").overrides(room).input(bytes).run().output().bytes()).isEqualTo(bytes);
		assertThat(this.launcher.command("cat").overrides(room).input(file).run().output().bytes()).isEqualTo(bytes);
		assertThat(this.launcher.command("cat")
			.overrides(room)
			.input(new ByteArrayInputStream(bytes))
			.run()
			.output()
			.bytes()).isEqualTo(bytes);
		assertThat(this.launcher.policy("count").input("grüße").run().outputText().strip()).isEqualTo("7");
	}

	@Test
	void inputThatIsNotReadIsNoFailure() {
		assertThat(this.launcher.command("true").input(new byte[5_000_000]).run().isSuccess()).isTrue();
		assertThat(this.launcher.command("head", "-c", "3")
			.input(new ByteArrayInputStream("abcdef".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII)))
			.run()
			.outputText()).isEqualTo("abc");
	}

	@Test
	void inputStreamThatFailsEndsTheProcess() {
		InputStream failing = new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("the upload broke off");
			}

		};
		assertThatExceptionOfType(ProcessInputException.class)
			.isThrownBy(() -> this.launcher.command("cat").input(failing).run())
			.withRootCauseInstanceOf(IOException.class)
			.satisfies((ex) -> assertThat(ex.result().outcome()).isEqualTo(ProcessOutcome.CANCELLED));
	}

	@Test
	void exitCodeThatIsNoSuccessIsAnExceptionWithTheEndOfTheErrorOutput() {
		assertThatExceptionOfType(ProcessExitException.class)
			.isThrownBy(() -> this.launcher.command("sh", "-c", "echo secret-free reason >&2; exit 3", "hidden").run())
			.withMessageContaining("exit code 3")
			.withMessageContaining("secret-free reason")
			.withMessageNotContaining("hidden")
			.satisfies((ex) -> assertThat(ex.result().status()).isEqualTo(new ExitStatus.Exited(3)));
	}

	@Test
	void successExitCodesCanBeWidened() {
		assertThat(this.launcher.command("sh", "-c", "exit 3").successExitCodes(Set.of(0, 3)).run().isSuccess())
			.isTrue();
		assertThat(this.launcher.command("sh", "-c", "exit 9").successExitCodes(Set.of()).run().status())
			.isEqualTo(new ExitStatus.Exited(9));
	}

	@Test
	void signalIsToldApartFromExitCode() {
		assertThatExceptionOfType(ProcessExitException.class)
			.isThrownBy(() -> this.launcher.command(Fixture.program("kill_self"), "9").run())
			.satisfies((ex) -> {
				assertThat(ex.result().status()).isInstanceOfSatisfying(ExitStatus.Signalled.class,
						(status) -> assertThat(status.signal()).isEqualTo(9));
				assertThat(ex.result().outcome()).isEqualTo(ProcessOutcome.SIGNALLED);
			});
		assertThat(this.launcher.command("sh", "-c", "exit 137").successExitCodes(Set.of()).run().status())
			.isEqualTo(new ExitStatus.Exited(137));
	}

	@Test
	void capturedOutputIsBoundedAndCounted() {
		ProcessPolicy small = ProcessPolicy.undecided().withOutput(new OutputPolicy(1000L, null));
		CapturedOutput output = this.launcher.command("sh", "-c", "printf begin; head -c 3000000 /dev/zero; printf end")
			.overrides(small)
			.run()
			.output();
		assertThat(output.totalBytes()).isEqualTo(3_000_008);
		assertThat(output.droppedBytes()).isEqualTo(3_000_008 - 1000);
		assertThat(output.truncated()).isTrue();
		assertThat(new String(output.head(), StandardCharsets.US_ASCII)).startsWith("begin").hasSize(500);
		assertThat(new String(output.tail(), StandardCharsets.US_ASCII)).endsWith("end").hasSize(500);
		assertThat(output.text(StandardCharsets.US_ASCII)).contains("[... 2999008 bytes dropped ...]");
	}

	@Test
	void outputGoesToFilesDirectly(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("out");
		this.launcher.command("echo", "one").output(OutputTarget.file(file)).run();
		this.launcher.command("echo", "two").output(OutputTarget.append(file)).run();
		assertThat(file).hasContent("one\ntwo");
		this.launcher.command("echo", "three").output(OutputTarget.file(file)).run();
		assertThat(file).hasContent("three");
		assertThat(this.launcher.command("echo").output(OutputTarget.discard()).run().output().totalBytes()).isZero();
	}

	@Test
	void workingDirectoryHoldsForRelativeProgramsToo(@TempDir Path directory) throws IOException {
		Path script = Files.writeString(directory.resolve("tool"), "#!/bin/sh\npwd\n");
		assertThat(script.toFile().setExecutable(true)).isTrue();
		assertThat(this.launcher.command("./tool").workingDirectory(directory).run().outputText().strip())
			.isEqualTo(directory.toRealPath().toString());
	}

	@Test
	void sessionIsNewUnlessDecidedOtherwise() {
		assertThat(ids(SessionMode.NEW_SESSION)).satisfies((ids) -> {
			assertThat(ids.get("pgid")).isEqualTo(ids.get("pid"));
			assertThat(ids.get("sid")).isEqualTo(ids.get("pid"));
		});
		assertThat(ids(SessionMode.PROCESS_GROUP)).satisfies((ids) -> {
			assertThat(ids.get("pgid")).isEqualTo(ids.get("pid"));
			assertThat(ids.get("sid")).isNotEqualTo(ids.get("pid"));
		});
		assertThat(ids(SessionMode.INHERIT).get("pgid")).isNotEqualTo(ids(SessionMode.INHERIT).get("pid"));
	}

	private Map<String, String> ids(SessionMode session) {
		return this.launcher.command("sh", "-c", "ps -o pid=,pgid=,sid= -p $$")
			.overrides(ProcessPolicy.undecided().withSession(session))
			.run()
			.outputLines()
			.stream()
			.map((line) -> line.strip().split("\\s+"))
			.map((fields) -> Map.of("pid", fields[0], "pgid", fields[1], "sid", fields[2]))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void usageIsReported() {
		ProcessResult result = this.launcher.command("sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done")
			.run();
		assertThat(result.usage().cpuTime()).isPositive();
		assertThat(result.usage().minorFaults()).isPositive();
		assertThat(result.duration()).isPositive();
	}

	@Test
	void residentSizeIsExactOnlyAboveTheJvms() throws IOException {
		assertThat(this.launcher.command("true").run().usage().maxResidentExact()).isFalse();
		long peakKib = Files.readAllLines(Path.of("/proc/self/status"))
			.stream()
			.filter((line) -> line.startsWith("VmHWM:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
			.findFirst()
			.orElseThrow();
		// a block of that size is all that dd keeps in memory
		long blockKib = peakKib + 256 * 1024;
		ResourceUsage usage = this.launcher
			.command("dd", "if=/dev/zero", "of=/dev/null", "bs=" + blockKib + "K", "count=1")
			.run()
			.usage();
		assertThat(usage.maxResidentExact()).isTrue();
		assertThat(usage.maxResidentBytes()).isBetween(blockKib * 1024, (blockKib + 64 * 1024) * 1024);
	}

	@Test
	void unknownPolicyIsRefusedWithTheKnownNames() {
		assertThatExceptionOfType(UnknownPolicyException.class).isThrownBy(() -> this.launcher.policy("cuont"))
			.satisfies((ex) -> assertThat(ex.known()).containsExactly("bare", "count"));
	}

	@Test
	void policyWithoutCommandNeedsOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.launcher.policy("bare"))
			.withMessageContaining("'bare'");
		assertThat(this.launcher.command("true").policy("bare").run().policy()).isEqualTo("bare");
	}

	@Test
	void badInputIsRefusedByName() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.launcher.command(""))
			.withMessageContaining("program");
		assertThatIllegalArgumentException().isThrownBy(() -> this.launcher.command(List.of()))
			.withMessageContaining("command");
		assertThatIllegalArgumentException().isThrownBy(() -> this.launcher.command("ls", "ok", "a\0b"))
			.withMessageContaining("argument 2")
			.withMessageContaining("NUL");
		assertThatIllegalArgumentException().isThrownBy(() -> this.launcher.command("ls", "\uD800").run())
			.withMessageContaining("surrogate");
		assertThatIllegalArgumentException().isThrownBy(() -> this.launcher.command("ls").environment("A=B", "c"))
			.withMessageContaining("A=B");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.launcher.command("ls").timeout(Duration.ofSeconds(-1)))
			.withMessageContaining("deadlines.wall");
	}

	@Test
	void closedLauncherRejects() {
		this.launcher.close();
		assertThatExceptionOfType(ProcessRejectedException.class).isThrownBy(() -> this.launcher.command("true").run());
		assertThat(this.launcher.stop().isClean()).isTrue();
	}

}
