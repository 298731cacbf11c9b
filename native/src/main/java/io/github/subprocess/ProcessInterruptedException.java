// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * The thread that waited for a process was interrupted. The process is being ended with
 * its group, and the interrupt flag of the thread is set again.
 *
 * @since 0.1.0
 */
public final class ProcessInterruptedException extends SubprocessException {

	private static final long serialVersionUID = 1L;

	public ProcessInterruptedException(String policy, String id, InterruptedException cause) {
		super("Interrupted while waiting for the process of policy '%s' (id %s)".formatted(policy, id), cause);
	}

}
