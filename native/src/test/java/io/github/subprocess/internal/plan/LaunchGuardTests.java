// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import io.github.subprocess.LaunchRefusedException;
import io.github.subprocess.policy.GuardPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.spi.SpawnPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A plan that has passed its guards holds what they have seen.
 */
class LaunchGuardTests {

	private static final GuardPolicy GUARD = GuardPolicy.undecided();

	private final PlanCompiler compiler = new PlanCompiler(Map.of(), new FakeUserDatabase());

	@TempDir
	Path temporary;

	private Path tool;

	private Path link;

	@BeforeEach
	void makeFiles() throws IOException {
		Path directory = this.temporary.toRealPath();
		this.tool = Files.createFile(directory.resolve("tool"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		this.link = Files.createSymbolicLink(directory.resolve("link"), this.tool);
	}

	@Test
	void programIsTheFileThatWasAllowed() {
		SpawnPlan plan = compile(GUARD.withAllowedPrograms(List.of(this.link)), null);
		assertThat(plan.programs()).containsExactly(this.tool.toString());
		assertThat(plan.arguments()).containsExactly(this.link.toString());
	}

	@Test
	void programIsTheFileThatWasChecked() {
		assertThat(compile(GUARD.withChecksProgram(true), null).programs()).containsExactly(this.tool.toString());
	}

	@Test
	void programIsLeftAloneWhereNothingGuardsIt() {
		assertThat(compile(GUARD.withMaxArguments(0).withChecksProgram(false), null).programs())
			.containsExactly(this.link.toString());
	}

	@Test
	void directoryIsTheOneThatWasFoundBelowTheRoot() throws IOException {
		Path real = Files.createDirectory(this.tool.resolveSibling("real"));
		Path named = Files.createSymbolicLink(this.tool.resolveSibling("named"), real);
		assertThat(compile(GUARD.withWorkingDirectoryRoot(this.tool.getParent()), named).workingDirectory())
			.isEqualTo(real.toString());
		assertThat(compile(GUARD, named).workingDirectory()).isEqualTo(named.toString());
	}

	@Test
	void programOfAnotherUserIsRefused() throws IOException {
		assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
				"only root gives files away");
		Files.setAttribute(this.tool, "unix:uid", 12345);
		assertThatExceptionOfType(LaunchRefusedException.class)
			.isThrownBy(() -> compile(GUARD.withChecksProgram(true), null))
			.withMessageContaining(this.tool + " belongs to user 12345");
	}

	private SpawnPlan compile(GuardPolicy guard, Path workingDirectory) {
		return this.compiler.compile(new CommandLine(this.link.toString(), List.of()), "guarded",
				ProcessPolicy.undecided().withGuard(guard).withWorkingDirectory(workingDirectory));
	}

}
