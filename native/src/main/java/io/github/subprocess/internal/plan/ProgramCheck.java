// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Finds programs that are not where they are looked for.
 */
final class ProgramCheck {

	private final PolicyProblems problems;

	private final boolean otherUser;

	/**
	 * Create a check.
	 * @param problems where problems are added
	 * @param otherUser whether the child runs with the rights of a user of its own, who
	 * may execute what the JVM may not
	 */
	ProgramCheck(PolicyProblems problems, boolean otherUser) {
		this.problems = problems;
		this.otherUser = otherUser;
	}

	/**
	 * Look for a program.
	 * @param program what the command begins with
	 * @param candidates the files that it may stand for
	 * @param directory where the child starts
	 */
	void check(String program, List<String> candidates, @Nullable Path directory) {
		Path base = (directory != null) ? directory.toAbsolutePath() : Path.of("").toAbsolutePath();
		List<Path> files = candidates.stream().map(base::resolve).toList();
		if (files.stream().anyMatch(this::mayBeProgram)) {
			return;
		}
		if (program.indexOf('/') < 0) {
			this.problems.add("command",
					"names a program that is in no directory of the PATH that the child gets: " + program);
			return;
		}
		Path file = files.get(0);
		if (Files.notExists(file)) {
			this.problems.add("command", "names a program that does not exist: " + file);
		}
		else {
			this.problems.add("command", "names a program that cannot be executed: " + file);
		}
	}

	private boolean mayBeProgram(Path file) {
		if (this.otherUser) {
			return !Files.notExists(file);
		}
		return Files.isRegularFile(file) && Files.isExecutable(file);
	}

}
