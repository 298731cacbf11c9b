// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

/**
 * What became of what an operator wanted.
 */
enum OperationOutcome {

	/**
	 * It has been done, or it was so already.
	 */
	DONE,

	/**
	 * There is nobody left to be signalled.
	 */
	ENDED,

	/**
	 * The reason that was given cannot be one.
	 */
	INVALID,

	/**
	 * The id is unknown or forgotten.
	 */
	UNKNOWN

}
