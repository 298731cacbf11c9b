// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.util.Set;

import io.github.subprocess.spi.SystemCallFailure;

/**
 * How long a child is asked about that cannot be waited for. Where nothing is left to
 * wait for there is no use in that. What else there may be is tried again, for as long as
 * the kernel gets to end a process.
 */
final class FailedWaits {

	private static final Set<String> NOTHING_TO_WAIT_FOR = Set.of("ECHILD", "ESRCH", "EBADF", "EINVAL");

	private long firstNanos;

	private boolean begun;

	/**
	 * Return whether a failure says that the child, or what stood for it, is not there
	 * any more.
	 */
	static boolean tellsThatItIsGone(SystemCallFailure failure) {
		return NOTHING_TO_WAIT_FOR.contains(failure.errnoName());
	}

	/**
	 * It could not be waited for.
	 * @return whether there is no use in trying again
	 */
	boolean isExhausted(SystemCallFailure failure) {
		if (tellsThatItIsGone(failure)) {
			return true;
		}
		long now = System.nanoTime();
		if (!this.begun) {
			this.begun = true;
			this.firstNanos = now;
		}
		return now - this.firstNanos >= Termination.KILL_WAIT.toNanos();
	}

}
