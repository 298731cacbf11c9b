// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

import org.jspecify.annotations.Nullable;

/**
 * The steps of a birth, as the native core numbers and names them
 * ({@code SUBPROCESS_STEPS} in {@code subprocess.h}).
 *
 * @since 0.1.0
 */
public enum ChildStep {

	/**
	 * The request was checked.
	 */
	REQUEST(1, "request"),

	/**
	 * The pipe for the child's report was made.
	 */
	ERROR_PIPE(2, "error-pipe"),

	/**
	 * The child was made.
	 */
	BIRTH(3, "birth"),

	/**
	 * A pidfd for the child was made.
	 */
	PIDFD(4, "pidfd"),

	/**
	 * The C library made the child, where there is no native core.
	 */
	POSIX_SPAWN(5, "posix-spawn"),

	/**
	 * The rules of Landlock were made.
	 */
	LANDLOCK_RULES(6, "landlock-rules"),

	/**
	 * The child got a descriptor table of its own.
	 */
	TABLE(12, "descriptor-table"),

	/**
	 * Standard streams and other descriptors were put where the program wants them.
	 */
	DESCRIPTORS(16, "descriptors"),

	/**
	 * Inherited standard streams were made to block.
	 */
	BLOCKING(20, "blocking"),

	/**
	 * The child became the leader of a session.
	 */
	SESSION(24, "session"),

	/**
	 * The child became the leader of a process group or joined one.
	 */
	PROCESS_GROUP(25, "process-group"),

	/**
	 * The session got its controlling terminal.
	 */
	TERMINAL(26, "controlling-terminal"),

	/**
	 * The child joined a cgroup.
	 */
	CGROUP(32, "cgroup"),

	/**
	 * Resource limits were set.
	 */
	LIMITS(36, "limits"),

	/**
	 * The nice value was set.
	 */
	NICE(40, "nice"),

	/**
	 * The nice value of the session was set.
	 */
	AUTOGROUP(41, "autogroup"),

	/**
	 * The out-of-memory score was set.
	 */
	OOM_SCORE(42, "oom-score"),

	/**
	 * The processors were chosen.
	 */
	AFFINITY(43, "affinity"),

	/**
	 * The file mode creation mask was set.
	 */
	UMASK(44, "umask"),

	/**
	 * The working directory was changed.
	 */
	CHDIR(48, "chdir"),

	/**
	 * The supplementary groups were set.
	 */
	GROUPS(52, "groups"),

	/**
	 * The group was changed.
	 */
	GROUP_ID(53, "group"),

	/**
	 * The user was changed.
	 */
	USER_ID(54, "user"),

	/**
	 * The signal for the death of the JVM was chosen.
	 */
	DEATH_SIGNAL(60, "death-signal"),

	/**
	 * Set-user-id programs lost their power.
	 */
	NO_NEW_PRIVILEGES(64, "no-new-privileges"),

	/**
	 * The other descriptors were closed.
	 */
	CLOSE(72, "close"),

	/**
	 * The rules of Landlock were put on.
	 */
	LANDLOCK(76, "landlock"),

	/**
	 * Signal dispositions were reset.
	 */
	SIGNALS(80, "signals"),

	/**
	 * The signal mask was emptied.
	 */
	SIGNAL_MASK(84, "signal-mask"),

	/**
	 * The filter of system calls was loaded.
	 */
	SECCOMP(88, "seccomp"),

	/**
	 * The program was executed.
	 */
	EXEC(96, "exec"),

	/**
	 * The child was killed before it came to exec.
	 */
	LOST(112, "lost");

	private final int number;

	private final String text;

	ChildStep(int number, String text) {
		this.number = number;
		this.text = text;
	}

	/**
	 * Return the number of the step in the ABI of the native core.
	 * @return the number
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Return the name of the step as exceptions, meters and pages show it.
	 * @return the name
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Find a step by its number.
	 * @param number the number
	 * @return the step, or {@code null} if there is none
	 */
	public static @Nullable ChildStep of(int number) {
		for (ChildStep step : values()) {
			if (step.number == number) {
				return step;
			}
		}
		return null;
	}

}
