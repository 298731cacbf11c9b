// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * What became of a process that was started, in one word with few values: usable as a
 * tag.
 *
 * @since 0.1.0
 */
public enum ProcessOutcome {

	/**
	 * It ended by itself with an exit code that its policy counts as success.
	 */
	SUCCESS,

	/**
	 * It ended by itself with another exit code.
	 */
	FAILURE,

	/**
	 * A signal that did not come from us ended it.
	 */
	SIGNALLED,

	/**
	 * It was ended because its wall deadline passed.
	 */
	TIMEOUT,

	/**
	 * It was ended because it had been silent for too long.
	 */
	IDLE_TIMEOUT,

	/**
	 * It was ended because it had used up its CPU time.
	 */
	CPU_TIMEOUT,

	/**
	 * It was ended because somebody asked for it.
	 */
	CANCELLED

}
