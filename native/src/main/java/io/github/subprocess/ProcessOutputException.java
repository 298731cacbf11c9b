// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * What took the output of a process failed: application code has thrown, or a file of a
 * {@link OutputTarget#tee tee} could not be written. The process was ended for it if it
 * was still running.
 *
 * @since 0.1.0
 */
public final class ProcessOutputException extends SubprocessException {

	private static final long serialVersionUID = 1L;

	private final transient ProcessResult result;

	public ProcessOutputException(ProcessResult result, Throwable cause) {
		super("What took the output of the process of policy '%s' (id %s) failed: %s".formatted(result.policy(),
				result.id(), cause), cause);
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
