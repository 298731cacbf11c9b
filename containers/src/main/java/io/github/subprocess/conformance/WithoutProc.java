// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.conformance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.ProcessTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A container without {@code /proc}: nothing here reads it, and the library cannot.
 */
class WithoutProc {

	private final ProcessLauncher launcher = ProcessLauncher.builder().build();

	@BeforeEach
	void thereIsNoProc() {
		assertThat(Files.exists(Path.of("/proc/self"))).as("there is a /proc").isFalse();
	}

	@AfterEach
	void close() {
		assertThat(this.launcher.processes().live()).isEmpty();
		this.launcher.close();
	}

	@Test
	void outputAndStatusAreThoseOfAnyProcess() {
		assertThat(this.launcher.command("echo", "text").run().outputText()).isEqualTo("text\n");
		assertThat(this.launcher.command("sh", "-c", "exit 7").successExitCodes(Set.of()).run().status())
			.isEqualTo(new ExitStatus.Exited(7));
	}

	@Test
	void inputAndOutputOfAnySizePass() {
		byte[] bytes = new byte[1_000_000];
		Arrays.fill(bytes, (byte) 'x');
		String read = this.launcher.command("cat").input(bytes).run().outputText();
		assertThat(read.length()).isEqualTo(bytes.length);
		assertThat(read.getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
	}

	@Test
	void signalIsToldFromAnExit() throws Exception {
		ManagedProcess process = this.launcher.command("sleep", "600").start();
		assertThat(process.signal(ProcessSignal.TERM)).isTrue();
		assertThat(process.result().get().status())
			.isEqualTo(new ExitStatus.Signalled(ProcessSignal.TERM.number(), false));
	}

	@Test
	void deadlineEndsTheGroup() {
		// the output ends only when the grandchild has ended as well
		ProcessTimeoutException failure = catchThrowableOfType(ProcessTimeoutException.class,
				() -> this.launcher.command("sh", "-c", "sleep 600 & wait").timeout(Duration.ofMillis(200)).run());
		assertThat(failure.result().outcome()).isEqualTo(ProcessOutcome.TIMEOUT);
	}

	@Test
	void nothingOfTheJvmIsInherited() {
		// a shell can copy a descriptor only if it has it
		String open = this.launcher
			.command("bash", "-c",
					"for ((n = 3; n < 1000; n++)); do if { : <&$n; } 2>/dev/null; then echo $n; fi; done")
			.run()
			.outputText();
		// bash keeps a copy of its standard error while it looks
		assertThat(open.lines().filter((number) -> Integer.parseInt(number) < 10).toList()).isEmpty();
		assertThat(open.lines().filter((number) -> Integer.parseInt(number) > 20).toList()).isEmpty();
	}

	@Test
	void failuresNameTheirStep() {
		ProcessStartException program = catchThrowableOfType(ProcessStartException.class,
				() -> this.launcher.command("/no/such/program").run());
		assertThat(program.step()).isEqualTo("exec");
		assertThat(program.errnoName()).isEqualTo("ENOENT");
		ProcessStartException directory = catchThrowableOfType(ProcessStartException.class,
				() -> this.launcher.command("true").workingDirectory(Path.of("/no/such/directory")).run());
		assertThat(directory.step()).isEqualTo("chdir");
		assertThat(directory.subject()).isEqualTo("/no/such/directory");
	}

	@Test
	void stopEndsWhatLives() {
		this.launcher.command("sleep", "600").start();
		assertThat(this.launcher.stop().isClean()).isTrue();
	}

}
