// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.time.Duration;

/**
 * A process did not end in time and was therefore ended, with its group.
 *
 * @since 0.1.0
 */
public final class ProcessTimeoutException extends SubprocessException {

	private static final long serialVersionUID = 1L;

	private final transient ProcessResult result;

	private final Duration timeout;

	public ProcessTimeoutException(ProcessResult result, Duration timeout) {
		super("Process of policy '%s' (id %s, pid %d) %s %s and was ended with %s%s".formatted(result.policy(),
				result.id(), result.pid(), offence(result.outcome()), timeout, result.status(), result.errorExcerpt()),
				null);
		this.result = result;
		this.timeout = timeout;
	}

	private static String offence(ProcessOutcome outcome) {
		return switch (outcome) {
			case IDLE_TIMEOUT -> "was silent for";
			case CPU_TIMEOUT -> "used its CPU time of";
			default -> "did not end within";
		};
	}

	/**
	 * Return how the process ended and what it said until then.
	 * @return the result
	 */
	public ProcessResult result() {
		return this.result;
	}

	/**
	 * Return the time that it had.
	 * @return the deadline that passed
	 */
	public Duration timeout() {
		return this.timeout;
	}

}
