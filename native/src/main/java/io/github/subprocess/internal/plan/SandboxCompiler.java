// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.NetworkAccess;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SandboxPolicy;
import io.github.subprocess.policy.SystemCallGroup;
import io.github.subprocess.spi.ChildSandbox;
import io.github.subprocess.spi.SandboxPath;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the sandbox of a policy.
 */
final class SandboxCompiler {

	/**
	 * More exceptions the native core does not take.
	 */
	private static final int MOST_RULES = 1024;

	private final SandboxPolicy policy;

	private final List<SandboxPath> files = new ArrayList<>();

	private SandboxCompiler(SandboxPolicy policy) {
		this.policy = policy;
	}

	/**
	 * Compile a sandbox.
	 * @param policy the policy that may have one
	 * @param programs the candidates for the program, which may be read and executed
	 * @return the sandbox, {@code null} if nothing is taken away
	 * @throws IllegalArgumentException if the policy contradicts itself, or a path cannot
	 * be handed to a child
	 */
	static @Nullable ChildSandbox compile(ProcessPolicy policy, List<String> programs) {
		SandboxPolicy sandbox = policy.sandbox();
		if (sandbox == null || sandbox.parts().isEmpty()) {
			return null;
		}
		if (Boolean.FALSE.equals(policy.noNewPrivileges())) {
			throw new IllegalArgumentException(
					"no-new-privileges must not be false with a sandbox: the kernel asks for it");
		}
		return new SandboxCompiler(sandbox).compile(programs, policy.workingDirectory());
	}

	private ChildSandbox compile(List<String> programs, @Nullable Path workingDirectory) {
		boolean restrictsFiles = this.policy.parts().contains(Attribute.SANDBOX_FILES);
		if (restrictsFiles) {
			addFiles(programs, workingDirectory);
		}
		int rules = this.files.size() + count(this.policy.bindPorts()) + count(this.policy.connectPorts());
		if (rules > MOST_RULES) {
			throw new IllegalArgumentException("sandbox must not list more than " + MOST_RULES
					+ " paths and ports, with those of the system and the program: " + rules);
		}
		Set<SystemCallGroup> denied = this.policy.deniedSystemCalls();
		return new ChildSandbox(restrictsFiles ? this.files : null, this.policy.network() == NetworkAccess.NONE,
				sorted(this.policy.bindPorts()), sorted(this.policy.connectPorts()),
				Boolean.TRUE.equals(this.policy.isolatesSignals()),
				Boolean.TRUE.equals(this.policy.isolatesAbstractSockets()), (denied != null) ? denied : Set.of());
	}

	private void addFiles(List<String> programs, @Nullable Path workingDirectory) {
		for (Path path : decided(this.policy.readPaths())) {
			this.files.add(new SandboxPath(text("sandbox.read-paths", path), true, false, false, false));
		}
		for (Path path : decided(this.policy.writePaths())) {
			this.files.add(new SandboxPath(text("sandbox.write-paths", path), false, true, false, false));
		}
		for (Path path : decided(this.policy.executePaths())) {
			this.files.add(new SandboxPath(text("sandbox.execute-paths", path), true, false, true, false));
		}
		if (!Boolean.FALSE.equals(this.policy.systemPaths())) {
			SandboxPolicy.SYSTEM_PATHS
				.forEach((path) -> this.files.add(new SandboxPath(path.toString(), true, false, true, true)));
			SandboxPolicy.SYSTEM_DEVICES
				.forEach((path) -> this.files.add(new SandboxPath(path.toString(), true, true, false, true)));
		}
		// whoever decides on the program means it to run
		for (String program : programs) {
			this.files.add(new SandboxPath(absolute(program, workingDirectory), true, false, true, true));
		}
	}

	/**
	 * The child looks for a relative program where it starts, but rules are made where
	 * the JVM runs.
	 */
	private static String absolute(String program, @Nullable Path workingDirectory) {
		Path base = (workingDirectory != null) ? workingDirectory.toAbsolutePath() : Path.of("").toAbsolutePath();
		return program.startsWith("/") ? program : base + "/" + program;
	}

	private static int count(@Nullable Set<Integer> ports) {
		return (ports != null) ? ports.size() : 0;
	}

	private static List<Path> decided(@Nullable List<Path> paths) {
		return (paths != null) ? paths : List.of();
	}

	private static @Nullable SortedSet<Integer> sorted(@Nullable Set<Integer> ports) {
		return (ports != null) ? new TreeSet<>(ports) : null;
	}

	private static String text(String property, Path path) {
		Text.check(property, path.toString());
		return path.toString();
	}

}
