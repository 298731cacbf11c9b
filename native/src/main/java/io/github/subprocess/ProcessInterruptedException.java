// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * The thread that waited for a process, or for a place for one, was interrupted. The
 * process is being ended with its group, and the interrupt flag of the thread is set
 * again.
 *
 * @since 0.1.0
 */
public final class ProcessInterruptedException extends SubprocessException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception for a launch that waited for a place: there is no process.
	 * @param policy the name of the policy
	 * @param cause the interrupt
	 */
	public ProcessInterruptedException(String policy, InterruptedException cause) {
		super("Interrupted while waiting for a place for a process of policy '%s'".formatted(policy), cause);
	}

	public ProcessInterruptedException(String policy, String id, InterruptedException cause) {
		super("Interrupted while waiting for the process of policy '%s' (id %s)".formatted(policy, id), cause);
	}

}
