// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

/**
 * Whom the streams of a process tell what happens to them. May be called by any thread.
 */
interface StreamOwner {

	/**
	 * Return who the process is.
	 */
	ProcessIdentity identity();

	/**
	 * What feeds the process has failed.
	 * @param failure what was thrown
	 */
	void inputFailed(Throwable failure);

	/**
	 * What takes the output of the process has failed.
	 * @param failure what was thrown
	 */
	void outputFailed(Throwable failure);

	/**
	 * A stream has been read to its end and taken. Called on the event loop.
	 */
	void outputEnded();

}
