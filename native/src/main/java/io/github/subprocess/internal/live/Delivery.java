// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;

/**
 * What is done with bytes where application code runs. The methods are called one after
 * the other.
 */
interface Delivery {

	/**
	 * Get ready.
	 * @param identity who the process is
	 */
	default void begin(ProcessIdentity identity) {
	}

	/**
	 * Pass bytes on.
	 * @param bytes a buffer that may be kept
	 * @throws Exception if that fails
	 */
	void deliver(ByteBuffer bytes) throws Exception;

	/**
	 * Pass on what is left: nothing comes any more.
	 * @throws Exception if that fails
	 */
	void end() throws Exception;

	/**
	 * Release what this holds, after all else. May be called again.
	 */
	default void release() {
	}

}
