// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * A process has ended, and somebody else in this JVM has reaped it: nobody knows how it
 * ended. That is what happens when a native library waits for every child, or ignores
 * SIGCHLD.
 *
 * @since 0.1.0
 */
public final class ProcessLostException extends SubprocessException {

	private static final long serialVersionUID = 1L;

	public ProcessLostException(String policy, String id, long pid, Exception cause) {
		super("The process of policy '%s' (id %s, pid %d) was reaped by somebody else".formatted(policy, id, pid),
				cause);
	}

}
