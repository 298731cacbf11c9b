// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * Why a launch was refused before anything was tried.
 *
 * @since 0.1.0
 */
public enum RejectionReason {

	/**
	 * All places were taken, and as many launches waited as may.
	 */
	QUEUE_FULL,

	/**
	 * All places were taken, and none came free in time.
	 */
	MAX_WAIT,

	/**
	 * The launcher was stopped or closed, or can no longer watch processes.
	 */
	STOPPED

}
