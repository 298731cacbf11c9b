// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * Whether a launcher launches.
 *
 * @since 0.1.0
 */
public enum LauncherState {

	/**
	 * It launches.
	 */
	ACCEPTING,

	/**
	 * It was stopped or closed, and rejects all launches.
	 */
	STOPPED,

	/**
	 * What watches its processes cannot wait for them, and it rejects all launches until
	 * that works again; the log says why. Processes that live are seen to their ends.
	 */
	BROKEN

}
