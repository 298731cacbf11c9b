// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

/**
 * What becomes of a process when a thread is interrupted that waits for its result.
 *
 * @since 0.1.0
 */
public enum OnInterrupt {

	/**
	 * It is ended, with those in the {@link TerminationScope scope} of its policy.
	 */
	END,

	/**
	 * It goes on, still watched and with its deadlines. The exception that the waiter
	 * gets tells its id.
	 */
	LEAVE

}
