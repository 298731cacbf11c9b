// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a launch may ask for, where parts of it come from somebody who is not trusted. A
 * launch that goes beyond is refused before anything is started, with a
 * {@link io.github.subprocess.LaunchRefusedException}. A guard binds the launches of a
 * policy, so none of them can decide on it. What is undecided is not guarded.
 * <p>
 * Programs and working directories are looked at as the JVM sees them at each launch, and
 * what has been found is what the child executes and enters: symbolic links that change
 * afterwards lead it nowhere else.
 *
 * @param allowedPrograms the programs that a launch may name itself: files, and
 * directories with all below them; absolute paths. The command of the policy is not bound
 * to them. A file is allowed under its own name, links in the directories that lead to it
 * aside. A directory allows a program that lies in it and, if it is a symbolic link,
 * leads into it. Entries that do not exist allow nothing; empty: none
 * @param checksProgram whether the program's file and all directories above it must
 * belong to root or to the user of the JVM and be writable to nobody else; a directory
 * whose entries only their owners may remove (the sticky bit, as of {@code /tmp}) is as
 * good. Of the command of the policy too
 * @param pinsProgram whether the file that has passed the guards is opened, held against
 * the rules of {@code checksProgram} once more, and executed by its descriptor
 * (execveat(2)), so that no other file can take its place in between; scripts, which
 * begin with {@code #!}, are refused. Implies {@code checksProgram}
 * @param maxArguments how many arguments a launch may have, 0 or more, the program's name
 * not among them
 * @param maxArgumentBytes how many bytes the program's name and all arguments may have in
 * UTF-8, each with the NUL that ends it, 1 or more. The kernel has limits of its own,
 * execve(2)
 * @param workingDirectoryRoot the directory in which all launches must start, or below;
 * an absolute path that exists at each launch
 * @since 0.1.0
 */
public record GuardPolicy(@Nullable List<Path> allowedPrograms, @Nullable Boolean checksProgram,
		@Nullable Boolean pinsProgram, @Nullable Integer maxArguments, @Nullable Integer maxArgumentBytes,
		@Nullable Path workingDirectoryRoot) {

	private static final GuardPolicy UNDECIDED = new GuardPolicy(null, null, null, null, null, null);

	public GuardPolicy {
		if (allowedPrograms != null) {
			allowedPrograms = List.copyOf(allowedPrograms);
			allowedPrograms.forEach((path) -> checkAbsolute("guard.allowed-programs must hold absolute paths", path));
		}
		ProcessPolicy.checkBetween("guard.max-arguments", maxArguments, 0, Integer.MAX_VALUE);
		ProcessPolicy.checkBetween("guard.max-argument-size", maxArgumentBytes, 1, Integer.MAX_VALUE);
		if (workingDirectoryRoot != null) {
			checkAbsolute("guard.working-directory-root must be an absolute path", workingDirectoryRoot);
		}
	}

	private static void checkAbsolute(String sentence, Path path) {
		if (!path.isAbsolute()) {
			throw new IllegalArgumentException(sentence + ": " + path);
		}
	}

	/**
	 * Return a policy that guards nothing.
	 * @return the policy to start from
	 */
	public static GuardPolicy undecided() {
		return UNDECIDED;
	}

	public GuardPolicy withAllowedPrograms(@Nullable List<Path> allowedPrograms) {
		return new GuardPolicy(allowedPrograms, this.checksProgram, this.pinsProgram, this.maxArguments,
				this.maxArgumentBytes, this.workingDirectoryRoot);
	}

	public GuardPolicy withChecksProgram(@Nullable Boolean checksProgram) {
		return new GuardPolicy(this.allowedPrograms, checksProgram, this.pinsProgram, this.maxArguments,
				this.maxArgumentBytes, this.workingDirectoryRoot);
	}

	public GuardPolicy withPinsProgram(@Nullable Boolean pinsProgram) {
		return new GuardPolicy(this.allowedPrograms, this.checksProgram, pinsProgram, this.maxArguments,
				this.maxArgumentBytes, this.workingDirectoryRoot);
	}

	public GuardPolicy withMaxArguments(@Nullable Integer maxArguments) {
		return new GuardPolicy(this.allowedPrograms, this.checksProgram, this.pinsProgram, maxArguments,
				this.maxArgumentBytes, this.workingDirectoryRoot);
	}

	public GuardPolicy withMaxArgumentBytes(@Nullable Integer maxArgumentBytes) {
		return new GuardPolicy(this.allowedPrograms, this.checksProgram, this.pinsProgram, this.maxArguments,
				maxArgumentBytes, this.workingDirectoryRoot);
	}

	public GuardPolicy withWorkingDirectoryRoot(@Nullable Path workingDirectoryRoot) {
		return new GuardPolicy(this.allowedPrograms, this.checksProgram, this.pinsProgram, this.maxArguments,
				this.maxArgumentBytes, workingDirectoryRoot);
	}

	/**
	 * Return this policy with what is undecided taken from another.
	 * @param other the policy beneath, or {@code null}
	 * @return the merged policy
	 */
	public GuardPolicy orElse(@Nullable GuardPolicy other) {
		if (other == null) {
			return this;
		}
		return new GuardPolicy(ProcessPolicy.first(this.allowedPrograms, other.allowedPrograms),
				ProcessPolicy.first(this.checksProgram, other.checksProgram),
				ProcessPolicy.first(this.pinsProgram, other.pinsProgram),
				ProcessPolicy.first(this.maxArguments, other.maxArguments),
				ProcessPolicy.first(this.maxArgumentBytes, other.maxArgumentBytes),
				ProcessPolicy.first(this.workingDirectoryRoot, other.workingDirectoryRoot));
	}

}
