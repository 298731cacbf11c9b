// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * A process has ended, and nobody knows how. As a rule somebody else in this JVM has
 * reaped it (ECHILD): that is what happens when a native library waits for every child,
 * or ignores SIGCHLD. Where the kernel refuses to wait for it, it was killed.
 *
 * @since 0.1.0
 */
public final class ProcessLostException extends SubprocessException {

	private static final long serialVersionUID = 1L;

	public ProcessLostException(String policy, String id, long pid, Exception cause) {
		super("Nobody knows how the process of policy '%s' (id %s, pid %d) has ended: %s".formatted(policy, id, pid,
				cause.getMessage()), cause);
	}

}
