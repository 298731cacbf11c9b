// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.subprocess.policy.GuardPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A program that is pinned is executed by the descriptor of the file that was checked.
 */
class PinnedProgramTests {

	@TempDir
	Path temporary;

	private Path directory;

	private ProcessLauncher launcher;

	@BeforeEach
	void resolve() throws IOException {
		this.directory = this.temporary.toRealPath();
	}

	@AfterEach
	void close() {
		if (this.launcher != null) {
			this.launcher.close();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "VFORK", "FORK" })
	void kernelIsGivenADescriptorAndNoPath(SpawnMechanism mechanism) throws IOException {
		launch((policy) -> policy.withMechanism(mechanism));
		String auxiliary = run("/bin/true", "LD_SHOW_AUXV", "1").outputText();
		assumeTrue(auxiliary.contains("AT_EXECFN"), "the loader of this libc does not tell how it was called");
		assertThat(auxiliary).containsPattern("AT_EXECFN: +/dev/fd/\\d+");
	}

	@Test
	void programKnowsItsFileAndHasNoOtherDescriptor() throws IOException {
		Path copy = copy("/bin/readlink");
		launch((policy) -> policy);
		assertThat(this.launcher.command(copy.toString(), "/proc/self/exe").policy("pinned").run().outputText())
			.isEqualTo(copy + "\n");
		assertThat(this.launcher.command("ls", "/proc/self/fd").policy("pinned").run().outputText())
			.isEqualTo("0\n1\n2\n3\n");
	}

	@Test
	void scriptIsRefusedWithTheGuardAndTheWayOut() throws IOException {
		Path script = Files.writeString(this.directory.resolve("script"), "#!/bin/sh\necho ran $1\n");
		Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
		launch((policy) -> policy);
		assertThatExceptionOfType(LaunchRefusedException.class)
			.isThrownBy(() -> this.launcher.command(script.toString(), "x").policy("pinned").run())
			.withMessageContaining(script + " is a script")
			.satisfies((ex) -> assertThat(ex.guard()).isEqualTo("guard.pin-program"));
		assertThat(this.launcher.command("/bin/sh", script.toString(), "x").policy("pinned").run().outputText())
			.isEqualTo("ran x\n");
	}

	@Test
	void fileThatOthersMayChangeIsRefused() throws IOException {
		Path copy = copy("/bin/true");
		launch((policy) -> policy);
		this.launcher.command(copy.toString()).policy("pinned").run();
		Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxrwxr-x"));
		assertThatExceptionOfType(LaunchRefusedException.class)
			.isThrownBy(() -> this.launcher.command(copy.toString()).policy("pinned").run())
			.withMessageContaining("may be written by its group or by others")
			.satisfies((ex) -> assertThat(ex.guard()).isEqualTo("guard.pin-program"));
	}

	@Test
	void allowedProgramIsPinnedToo() throws IOException {
		Path copy = copy("/bin/readlink");
		GuardPolicy guard = GuardPolicy.undecided().withPinsProgram(true).withAllowedPrograms(List.of(copy));
		launch((policy) -> policy.withGuard(guard));
		assertThat(this.launcher.command(copy.toString(), "/proc/self/exe").policy("pinned").run().outputText())
			.isEqualTo(copy + "\n");
		assertThatExceptionOfType(LaunchRefusedException.class)
			.isThrownBy(() -> this.launcher.command("/bin/true").policy("pinned").run())
			.satisfies((ex) -> assertThat(ex.guard()).isEqualTo("guard.allowed-programs"));
	}

	@Test
	void whatIsNoProgramFailsAtExecWithItsPath() throws IOException {
		Path text = Files.writeString(this.directory.resolve("text"), "no program");
		Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rwxr-xr-x"));
		launch((policy) -> policy);
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.launcher.command(text.toString()).policy("pinned").run())
			.satisfies((ex) -> assertThat(ex.step()).isEqualTo("exec"))
			.satisfies((ex) -> assertThat(ex.errnoName()).isEqualTo("ENOEXEC"))
			.withMessageContaining(text.toString());
	}

	@Test
	void posixSpawnCannotDoIt() {
		launch((policy) -> policy.withMechanism(SpawnMechanism.POSIX_SPAWN));
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.launcher.command("/bin/true").policy("pinned").run())
			.satisfies((ex) -> assertThat(ex.step()).isEqualTo("posix-spawn"))
			.withMessageContaining("a program by its descriptor");
	}

	@Test
	void descriptorsOfFilesDoNotStayOpen() throws IOException {
		Path copy = copy("/bin/true");
		launch((policy) -> policy);
		this.launcher.command(copy.toString()).policy("pinned").run();
		assertThat(open(copy)).isZero();
		Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxrwxr-x"));
		assertThatExceptionOfType(LaunchRefusedException.class)
			.isThrownBy(() -> this.launcher.command(copy.toString()).policy("pinned").run());
		assertThat(open(copy)).isZero();
	}

	private static long open(Path file) throws IOException {
		try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return descriptors.filter((descriptor) -> {
				try {
					return Files.readSymbolicLink(descriptor).equals(file);
				}
				catch (IOException ex) {
					return false;
				}
			}).count();
		}
	}

	private ProcessResult run(String program, String variable, String value) {
		return this.launcher.command(program).policy("pinned").environment(variable, value).run();
	}

	private void launch(UnaryOperator<ProcessPolicy> more) {
		this.launcher = Fixture.launcher()
			.policy("pinned",
					more.apply(ProcessPolicy.undecided().withGuard(GuardPolicy.undecided().withPinsProgram(true))))
			.build();
	}

	private Path copy(String program) throws IOException {
		Path copy = Files.copy(Path.of(program), this.directory.resolve("copy"));
		return Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

}
