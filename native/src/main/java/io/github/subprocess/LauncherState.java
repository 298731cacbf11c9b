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
	 * What watches its processes has failed, and it rejects all launches. There is no way
	 * back but another launcher; the log says why.
	 */
	BROKEN

}
