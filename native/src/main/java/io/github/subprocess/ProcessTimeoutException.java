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
		super("Process of policy '%s' (id %s, pid %d) did not end within %s and was ended with %s%s".formatted(
				result.policy(), result.id(), result.pid(), timeout, result.status(), result.errorExcerpt()), null);
		this.result = result;
		this.timeout = timeout;
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
	 * @return the wall timeout
	 */
	public Duration timeout() {
		return this.timeout;
	}

}
