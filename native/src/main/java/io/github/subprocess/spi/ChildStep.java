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
	 * Standard streams and other descriptors were put where the program wants them.
	 */
	DESCRIPTORS(16, "descriptors"),

	/**
	 * The child became the leader of a session.
	 */
	SESSION(24, "session"),

	/**
	 * The child became the leader of a process group or joined one.
	 */
	PROCESS_GROUP(25, "process-group"),

	/**
	 * The working directory was changed.
	 */
	CHDIR(48, "chdir"),

	/**
	 * The other descriptors were closed.
	 */
	CLOSE(72, "close"),

	/**
	 * Signal dispositions and the signal mask were reset.
	 */
	SIGNALS(80, "signals"),

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
