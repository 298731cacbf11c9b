// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * The stream or publisher that fed a process failed. The process was ended, so that it
 * could not take half an input for a whole one.
 *
 * @since 0.1.0
 */
public final class ProcessInputException extends SubprocessException {

	private static final long serialVersionUID = 1L;

	private final transient ProcessResult result;

	public ProcessInputException(ProcessResult result, Throwable cause) {
		super("The source of input for the process of policy '%s' (id %s) failed; the process was ended"
			.formatted(result.policy(), result.id()), cause);
		this.result = result;
	}

	/**
	 * Return how the process ended and what it said until then.
	 * @return the result
	 */
	public ProcessResult result() {
		return this.result;
	}

}
