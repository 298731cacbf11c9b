// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.subprocess.LaunchRefusedException;
import io.github.subprocess.policy.GuardPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Holds one launch against the guards of its policy. Unlike the rest of compilation it
 * looks at files, and puts what it has found in the place of names that could come to
 * mean something else.
 */
final class LaunchGuard {

	private static final String PROGRAMS = "guard.allowed-programs";

	private static final String CHECK = "guard.check-program";

	private static final String DIRECTORY = "guard.working-directory-root";

	private final GuardPolicy guard;

	private final String policyName;

	private final CommandLine command;

	LaunchGuard(ProcessPolicy policy, String policyName, CommandLine command) {
		this.guard = (policy.guard() != null) ? policy.guard() : GuardPolicy.undecided();
		this.policyName = policyName;
		this.command = command;
	}

	void checkArguments() {
		int count = this.command.arguments().size();
		Integer most = this.guard.maxArguments();
		if (most != null && count > most) {
			throw refused("guard.max-arguments", "it has %d arguments, and may have %d".formatted(count, most));
		}
		Integer mostBytes = this.guard.maxArgumentBytes();
		if (mostBytes != null) {
			long bytes = bytes(this.command.program());
			for (String argument : this.command.arguments()) {
				bytes += bytes(argument);
			}
			if (bytes > mostBytes) {
				throw refused("guard.max-argument-size",
						"its name and arguments have %d bytes, and may have %d".formatted(bytes, mostBytes));
			}
		}
	}

	private static long bytes(String argument) {
		return argument.getBytes(StandardCharsets.UTF_8).length + 1L;
	}

	/**
	 * Return where the child starts.
	 * @param decided what has been decided, {@code null}: where the JVM runs
	 * @return that, without links where it has been checked
	 */
	@Nullable Path directory(@Nullable Path decided) {
		Path root = this.guard.workingDirectoryRoot();
		if (root == null) {
			return decided;
		}
		Path directory = real(DIRECTORY, "working directory", (decided != null) ? decided : Path.of(""));
		Path realRoot = real(DIRECTORY, "root of working directories", root);
		if (!directory.startsWith(realRoot)) {
			throw refused(DIRECTORY, "working directory " + directory + " is not in " + root);
		}
		return directory;
	}

	/**
	 * Return what the child tries to execute.
	 * @param candidates the files that the program may be, in order
	 * @param directory where the child starts, {@code null}: where the JVM runs
	 * @return the file that is allowed and has been checked, or the candidates if nothing
	 * had to be
	 */
	List<String> programs(List<String> candidates, @Nullable Path directory) {
		List<Path> allowed = this.policyName.equals(this.command.policy()) ? null : this.guard.allowedPrograms();
		boolean pins = Boolean.TRUE.equals(this.guard.pinsProgram());
		boolean checks = pins || Boolean.TRUE.equals(this.guard.checksProgram());
		String check = pins ? PinnedProgram.GUARD : CHECK;
		if (allowed == null && !checks) {
			return candidates;
		}
		String guard = (allowed != null) ? PROGRAMS : check;
		Path found = find(guard, candidates, (directory != null) ? directory : Path.of(""));
		Path file = real(guard, "program", found);
		if (allowed != null && !AllowedPrograms.allow(allowed, location(guard, found), file)) {
			throw refused(PROGRAMS, found.equals(file) ? file + " is not allowed"
					: "%s, which is %s, is not allowed".formatted(found, file));
		}
		String objection = checks ? ProgramOwnership.objection(file) : null;
		if (objection != null) {
			throw refused(check, objection);
		}
		return List.of(file.toString());
	}

	/** As the child would find it: what is no program is passed over. */
	private Path find(String guard, List<String> candidates, Path directory) {
		for (String candidate : candidates) {
			Path path = directory.resolve(candidate).toAbsolutePath();
			if (Files.isRegularFile(path) && Files.isExecutable(path)) {
				return path;
			}
		}
		throw refused(guard, "there is no file to execute, of " + candidates);
	}

	/** Where a program lies, whatever it links to. */
	private Path location(String guard, Path path) {
		Path directory = path.getParent();
		Path name = path.getFileName();
		if (directory == null || name == null) {
			throw refused(guard, path + " has no name");
		}
		return real(guard, "directory", directory).resolve(name);
	}

	private Path real(String guard, String what, Path path) {
		try {
			return path.toRealPath();
		}
		catch (IOException ex) {
			throw refused(guard, "%s '%s' cannot be found out about: %s".formatted(what, path, ex));
		}
	}

	private LaunchRefusedException refused(String guard, String reason) {
		return new LaunchRefusedException(this.policyName, guard, this.command.program(), reason);
	}

}
