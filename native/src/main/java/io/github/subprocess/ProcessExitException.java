// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * A process was started and ended in a way that its policy does not count as success. The
 * message holds the policy, the status and the end of the captured error output, but
 * never arguments or environment.
 *
 * @since 0.1.0
 */
public final class ProcessExitException extends SubprocessException {

	private static final long serialVersionUID = 1L;

	private final transient ProcessResult result;

	public ProcessExitException(ProcessResult result) {
		super("Process of policy '%s' (id %s, pid %d) ended with %s%s".formatted(result.policy(), result.id(),
				result.pid(), result.ending(), result.errorExcerpt()), null);
		this.result = result;
	}

	/**
	 * Return how the process ended and what it said.
	 * @return the result
	 */
	public ProcessResult result() {
		return this.result;
	}

}
