// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;

import io.github.subprocess.ProcessLauncher.CommandSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A start that fails names its step, its errno and the guilty argument, and leaves
 * nothing behind.
 */
@Tag(Fixture.EVERY_MECHANISM)
class StartFailureTests {

	private final ProcessLauncher launcher = Fixture.launcher().build();

	private Set<String> descriptorsBefore;

	@BeforeEach
	void look() {
		this.launcher.command("true").run();
		this.descriptorsBefore = Fixture.openDescriptors();
	}

	@AfterEach
	void nothingIsLeft() {
		try (this.launcher) {
			assertThat(this.launcher.processes().live()).isEmpty();
			assertThat(Fixture.zombies()).isEmpty();
			assertThat(Fixture.openDescriptors()).isEqualTo(this.descriptorsBefore);
		}
	}

	@Test
	void missingProgram() {
		assertFailure(this.launcher.command("/no/such/program"), "exec", "ENOENT", "/no/such/program");
	}

	@Test
	void missingProgramThatIsLookedFor() {
		ProcessStartException ex = fail(this.launcher.command("no-such-program"));
		assertThat(ex.step()).isEqualTo("exec");
		assertThat(ex.errnoName()).isEqualTo("ENOENT");
		assertThat(ex.subject()).contains("no-such-program").contains("/usr/bin/no-such-program");
	}

	@Test
	void missingWorkingDirectoryIsNotTakenForAMissingProgram() {
		assertFailure(this.launcher.command("ls").workingDirectory(Path.of("/no/such/directory")), "chdir", "ENOENT",
				"/no/such/directory");
	}

	@Test
	void fileAsWorkingDirectory() {
		assertFailure(this.launcher.command("ls").workingDirectory(Path.of("/etc/passwd")), "chdir", "ENOTDIR",
				"/etc/passwd");
	}

	@Test
	void programWithoutExecutePermission(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("tool"), "#!/bin/sh\n");
		assertFailure(this.launcher.command(file.toString()), "exec", "EACCES", file.toString());
	}

	@Test
	void scriptWithoutInterpreterLineIsNotGivenToAShell(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("tool"), "echo ran\n");
		assertThat(file.toFile().setExecutable(true)).isTrue();
		assertFailure(this.launcher.command(file.toString()), "exec", "ENOEXEC", file.toString());
	}

	@Test
	void argumentThatIsTooLong() {
		ProcessStartException ex = fail(this.launcher.command("true", "x".repeat(200_000)));
		assertThat(ex.step()).isEqualTo("exec");
		assertThat(ex.errnoName()).isEqualTo("E2BIG");
		assertThat(ex.subject()).endsWith("/true: argument 1 has 200001 bytes, more than 131072");
		assertThat(ex.getMessage()).doesNotContain("xxx");
	}

	@Test
	void variableThatIsTooLong() {
		ProcessStartException ex = fail(this.launcher.command("true").environment("TOKEN", "x".repeat(200_000)));
		assertThat(ex.subject()).endsWith("/true: environment variable TOKEN has 200007 bytes, more than 131072");
		assertThat(ex.getMessage()).doesNotContain("xxx");
	}

	@Test
	void argumentsThatAreTooMuchTogether() {
		ProcessStartException ex = fail(
				this.launcher.command("true").arguments(Collections.nCopies(100, "x".repeat(100_000))));
		assertThat(ex.errnoName()).isEqualTo("E2BIG");
		assertThat(ex.subject()).matches(".*/true: 100 arguments and \\d+ variables have 1\\d{7} bytes together");
	}

	@Test
	void missingInputFile() {
		assertFailure(this.launcher.command("cat").input(Path.of("/no/such/input")), "open", "ENOENT",
				"/no/such/input");
	}

	@Test
	void outputFileThatCannotBeMade() {
		assertFailure(this.launcher.command("ls").output(OutputTarget.file(Path.of("/no/such/output"))), "open",
				"ENOENT", "/no/such/output");
	}

	@Test
	void failuresAreCounted() {
		fail(this.launcher.command("/no/such/program"));
		fail(this.launcher.command("ls").workingDirectory(Path.of("/no/such/directory")));
		assertThat(this.launcher.processes().failedToStart()).isEqualTo(2);
		assertThat(this.launcher.processes().started()).isEqualTo(1);
	}

	private static ProcessStartException fail(CommandSpec spec) {
		ProcessStartException ex = catchThrowableOfType(ProcessStartException.class, spec::run);
		assertThat(ex).isNotNull();
		return ex;
	}

	private static void assertFailure(CommandSpec spec, String step, String errno, String subject) {
		ProcessStartException ex = fail(spec);
		assertThat(ex.step()).isEqualTo(step);
		assertThat(ex.errnoName()).isEqualTo(errno);
		assertThat(ex.errno()).isPositive();
		assertThat(ex.subject()).isEqualTo(subject);
		assertThat(ex).hasMessageContaining(step).hasMessageContaining(errno).hasMessageContaining(subject);
	}

}
