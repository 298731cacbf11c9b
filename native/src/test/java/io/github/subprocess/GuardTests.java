// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.subprocess.ProcessLauncher.CommandSpec;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.GuardPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What the guards of a policy do not let pass is not started.
 */
class GuardTests {

	private static final GuardPolicy GUARD = GuardPolicy.undecided();

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

	@Test
	void callerMayNameAFileThatIsListed() throws IOException {
		Path tool = script("tool", "echo tool");
		Path other = script("other", "echo other");
		guard(GUARD.withAllowedPrograms(List.of(tool)));
		assertThat(command(tool.toString()).run().outputText()).isEqualTo("tool\n");
		refused("guard.allowed-programs", command(other.toString()), other + " is not allowed");
	}

	@Test
	void callerMayNameWhatLiesInADirectoryThatIsListed() throws IOException {
		Path tools = Files.createDirectories(this.directory.resolve("tools/sub")).getParent();
		Path tool = script("tools/sub/tool", "echo tool");
		Path beside = script("tools-beside", "echo beside");
		guard(GUARD.withAllowedPrograms(List.of(tools)));
		assertThat(command(tool.toString()).run().outputText()).isEqualTo("tool\n");
		refused("guard.allowed-programs", command(beside.toString()), "tools-beside");
		refused("guard.allowed-programs", command(tools + "/../tools-beside"), "tools-beside");
	}

	@Test
	void linkOutOfAnAllowedDirectoryIsNotAllowed() throws IOException {
		Path tools = Files.createDirectory(this.directory.resolve("tools"));
		Path outside = script("outside", "echo outside");
		Path link = Files.createSymbolicLink(tools.resolve("link"), outside);
		guard(GUARD.withAllowedPrograms(List.of(tools)));
		refused("guard.allowed-programs", command(link.toString()), "%s, which is %s".formatted(link, outside));
	}

	@Test
	void linkIntoAnAllowedDirectoryIsNotAllowed() throws IOException {
		Path tools = Files.createDirectory(this.directory.resolve("tools"));
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), script("tools/tool", "echo tool"));
		guard(GUARD.withAllowedPrograms(List.of(tools)));
		refused("guard.allowed-programs", command(link.toString()), "link");
	}

	@Test
	void fileIsAllowedByItsOwnNameAloneWhereManyNamesLeadToIt() throws IOException {
		Path binary = script("multi", "echo \"$0\"");
		Path harmless = Files.createSymbolicLink(this.directory.resolve("harmless"), binary);
		Path harmful = Files.createSymbolicLink(this.directory.resolve("harmful"), binary);
		guard(GUARD.withAllowedPrograms(List.of(harmless)));
		assertThat(command(harmless.toString()).run().outputText()).isEqualTo(binary + "\n");
		refused("guard.allowed-programs", command(harmful.toString()), "harmful");
		refused("guard.allowed-programs", command(binary.toString()), "multi");
	}

	@Test
	void linksInDirectoriesOnTheWayAreFollowed() throws IOException {
		Files.createDirectory(this.directory.resolve("v2"));
		script("v2/tool", "echo tool");
		Path current = Files.createSymbolicLink(this.directory.resolve("current"), this.directory.resolve("v2"));
		guard(GUARD.withAllowedPrograms(List.of(current.resolve("tool"))));
		assertThat(command(this.directory.resolve("v2/tool").toString()).run().outputText()).isEqualTo("tool\n");
		assertThat(command(current.resolve("tool").toString()).run().outputText()).isEqualTo("tool\n");
	}

	@Test
	void nameIsLookedForInThePathOfTheChild() throws IOException {
		Path first = Files.createDirectory(this.directory.resolve("first"));
		Path second = Files.createDirectory(this.directory.resolve("second"));
		Files.createDirectory(first.resolve("tool"));
		script("second/tool", "echo second");
		EnvironmentPolicy path = new EnvironmentPolicy(List.of(), Map.of("PATH", first + ":" + second));
		guard(GUARD.withAllowedPrograms(List.of(second)), (policy) -> policy.withEnvironment(path));
		assertThat(command("tool").run().outputText()).isEqualTo("second\n");
		refused("guard.allowed-programs", command("missing"), "[%s/missing, %s/missing]".formatted(first, second));
		Files.delete(first.resolve("tool"));
		script("first/tool", "echo first");
		refused("guard.allowed-programs", command("tool"), first.resolve("tool").toString());
	}

	@Test
	void relativeProgramIsLookedForWhereTheChildStarts() throws IOException {
		Path tool = script("tool", "echo tool");
		guard(GUARD.withAllowedPrograms(List.of(tool)));
		assertThat(command("./tool").workingDirectory(this.directory).run().outputText()).isEqualTo("tool\n");
		refused("guard.allowed-programs", command("./tool"), "there is no file to execute");
	}

	@Test
	void commandOfThePolicyIsNotBoundToTheList() {
		this.launcher = Fixture.launcher()
			.policy("own",
					ProcessPolicy.undecided()
						.withCommand("echo", "own")
						.withGuard(GUARD.withAllowedPrograms(List.of())))
			.policy("plain", ProcessPolicy.undecided().withCommand("echo", "plain"))
			.build();
		assertThat(this.launcher.policy("own").run().outputText()).isEqualTo("own\n");
		refused("guard.allowed-programs", this.launcher.command("echo").policy("own"), "is not allowed");
		refused("guard.allowed-programs", this.launcher.policy("plain").policy("own"), "is not allowed");
	}

	@Test
	void guardOfTheDefaultsBindsCommandsWithoutPolicy() {
		this.launcher = Fixture.launcher()
			.defaultPolicy(ProcessPolicy.undecided().withGuard(GUARD.withAllowedPrograms(List.of())))
			.build();
		assertThatExceptionOfType(LaunchRefusedException.class).isThrownBy(() -> this.launcher.command("true").run())
			.satisfies((ex) -> assertThat(ex.policy()).isEqualTo(ProcessLauncher.NO_POLICY))
			.satisfies((ex) -> assertThat(ex.program()).isEqualTo("true"));
	}

	@Test
	void argumentsAreLimitedInNumberAndSizeAndNotShown() {
		guard(GUARD.withMaxArguments(2).withMaxArgumentBytes(15));
		assertThat(command("echo").arguments("grü", "1234").run().outputText()).isEqualTo("grü 1234\n");
		refused("guard.max-argument-size", command("echo").arguments("grü", "12345"), "16 bytes, and may have 15");
		assertThatExceptionOfType(LaunchRefusedException.class)
			.isThrownBy(() -> command("echo").arguments("s3cret", "b", "c").run())
			.withMessageContaining("3 arguments, and may have 2")
			.withMessageNotContaining("s3cret");
	}

	@Test
	void launchStartsInTheRootOrBelow() throws IOException {
		Path root = Files.createDirectories(this.directory.resolve("root/below")).getParent();
		Path beside = Files.createDirectory(this.directory.resolve("root-beside"));
		Path out = Files.createSymbolicLink(root.resolve("out"), beside);
		Path in = Files.createSymbolicLink(beside.resolve("in"), root.resolve("below"));
		guard(GUARD.withWorkingDirectoryRoot(root), (policy) -> policy.withWorkingDirectory(root));
		assertThat(command("pwd", "-P").run().outputText()).isEqualTo(root + "\n");
		assertThat(command("pwd", "-P").workingDirectory(in).run().outputText()).isEqualTo(root + "/below\n");
		for (Path directory : List.of(beside, out, root.resolve(".."), root.resolve("below/../../root-beside"))) {
			refused("guard.working-directory-root", command("pwd").workingDirectory(directory), "is not in " + root);
		}
		refused("guard.working-directory-root", command("pwd").workingDirectory(root.resolve("missing")),
				"root/missing");
	}

	@Test
	void launchThatDecidesOnNoDirectoryStartsWhereTheJvmRuns() throws IOException {
		guard(GUARD.withWorkingDirectoryRoot(this.directory));
		refused("guard.working-directory-root", command("pwd"),
				"working directory " + Path.of("").toRealPath() + " is not in");
	}

	@Test
	void programOfOthersIsNotExecuted() throws IOException {
		Path tools = Files.createDirectory(this.directory.resolve("tools"));
		Files.setPosixFilePermissions(tools, PosixFilePermissions.fromString("rwxr-xr-x"));
		Path tool = script("tools/tool", "echo tool");
		guard(GUARD.withChecksProgram(true));
		assertThat(command(tool.toString()).run().outputText()).isEqualTo("tool\n");
		Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxrwxr-x"));
		refused("guard.check-program", command(tool.toString()), tool + " may be written");
		Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
		Files.setPosixFilePermissions(tools, PosixFilePermissions.fromString("rwxr-xrwx"));
		refused("guard.check-program", command(tool.toString()), tools + " may be written");
		Files.createSymbolicLink(this.directory.resolve("link"), tool);
		refused("guard.check-program", command(this.directory + "/link"), tools + " may be written");
	}

	@Test
	void programOfThePolicyIsCheckedToo() throws IOException {
		Path tool = script("tool", "echo tool");
		Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xrwx"));
		guard(GUARD.withChecksProgram(true), (policy) -> policy.withCommand(tool.toString()));
		refused("guard.check-program", this.launcher.policy("guarded"), "mode 0757");
	}

	@Test
	void programKeepsTheNameThatItWasLaunchedBy() {
		guard(GUARD.withAllowedPrograms(List.of(Path.of("/"))));
		assertThat(command("cat", "/proc/self/cmdline").run().outputText()).startsWith("cat\0");
	}

	@Test
	void stagesOfPipelinesAreBound() {
		guard(GUARD.withAllowedPrograms(List.of()));
		assertThatExceptionOfType(LaunchRefusedException.class)
			.isThrownBy(() -> this.launcher.pipeline(this.launcher.command("true"), command("cat")).run())
			.withMessageContaining("'cat'");
		assertThat(this.launcher.processes().started()).isZero();
	}

	@Test
	void launchCannotDecideOnGuards() {
		this.launcher = Fixture.launcher().build();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.launcher.command("true")
				.overrides(ProcessPolicy.undecided().withGuard(GUARD.withMaxArguments(1))))
			.withMessageContaining("guard cannot be overridden");
		this.launcher.command("true").overrides(ProcessPolicy.undecided().withGuard(GUARD)).run();
	}

	private void guard(GuardPolicy guard) {
		guard(guard, (policy) -> policy);
	}

	private void guard(GuardPolicy guard, UnaryOperator<ProcessPolicy> more) {
		this.launcher = Fixture.launcher()
			.policy("guarded", more.apply(ProcessPolicy.undecided().withGuard(guard)))
			.build();
	}

	private CommandSpec command(String program, String... arguments) {
		return this.launcher.command(program, arguments).policy("guarded");
	}

	private void refused(String guard, CommandSpec command, String reason) {
		long before = this.launcher.processes().started();
		assertThatExceptionOfType(LaunchRefusedException.class).isThrownBy(command::run)
			.withMessageContaining(reason)
			.withMessageContaining(guard)
			.satisfies((ex) -> assertThat(ex.guard()).isEqualTo(guard))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("'" + ex.policy() + "'", "'" + ex.program() + "'"));
		assertThat(this.launcher.processes().started()).isEqualTo(before);
	}

	private Path script(String name, String text) throws IOException {
		Path file = Files.writeString(this.directory.resolve(name), "#!/bin/sh\n" + text + "\n");
		return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

}
