// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import org.jspecify.annotations.Nullable;

/**
 * A program could not be started. Nothing of it is left: no process, no descriptor.
 *
 * @since 0.1.0
 */
public final class ProcessStartException extends SubprocessException {

	private static final long serialVersionUID = 1L;

	private final String policy;

	private final String step;

	private final int errno;

	private final String errnoName;

	private final @Nullable String subject;

	/**
	 * Create an exception for a start that failed.
	 * @param policy the name of the policy, {@code none} for an ad-hoc command
	 * @param program the program that was to be started, as it was asked for
	 * @param step the step that failed
	 * @param errno the number of the error
	 * @param errnoName its name, such as {@code ENOENT}
	 * @param errnoText its text
	 * @param subject the guilty argument: a path, a descriptor, a group; or {@code null}
	 * where the step has none
	 */
	public ProcessStartException(String policy, String program, String step, int errno, String errnoName,
			String errnoText, @Nullable String subject) {
		super("Cannot start '%s' (policy '%s'): %s failed with %s (%s)%s".formatted(program, policy, step, errnoName,
				errnoText, (subject != null) ? ": " + subject : ""), null);
		this.policy = policy;
		this.step = step;
		this.errno = errno;
		this.errnoName = errnoName;
		this.subject = subject;
	}

	/**
	 * Return the name of the policy.
	 * @return the name, {@code none} for an ad-hoc command
	 */
	public String policy() {
		return this.policy;
	}

	/**
	 * Return the step that failed, such as {@code exec} or {@code chdir}.
	 * @return one of the names in the table of steps
	 */
	public String step() {
		return this.step;
	}

	/**
	 * Return the number of the error (errno(3)).
	 * @return a positive number, or 0 when a child was killed before exec
	 */
	public int errno() {
		return this.errno;
	}

	/**
	 * Return the name of the error.
	 * @return such as {@code ENOENT}
	 */
	public String errnoName() {
		return this.errnoName;
	}

	/**
	 * Return the guilty argument.
	 * @return a path, a descriptor, a group; {@code null} where the step has none
	 */
	public @Nullable String subject() {
		return this.subject;
	}

}
