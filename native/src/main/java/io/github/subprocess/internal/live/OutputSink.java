// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;

/**
 * Where bytes go that a process has written. All methods are called on the event loop.
 */
interface OutputSink {

	/**
	 * Get ready for the first bytes.
	 * @param reader hears of changes
	 */
	void begin(OutputReader reader);

	/**
	 * Return whether bytes are taken now. After a no, a change is told to the reader when
	 * they are taken again.
	 */
	boolean hasRoom();

	/**
	 * Take bytes, of which there are no more than one read gives.
	 * @param bytes where they are: to be copied, since the buffer is used again
	 */
	void take(ByteBuffer bytes);

	/**
	 * Nothing comes any more.
	 */
	void end();

	/**
	 * Take nothing any more, and forget what has not gone on from here.
	 */
	void abandon();

	/**
	 * Return whether more bytes are of use.
	 */
	boolean wantsMore();

	/**
	 * Return whether everything has gone on from here, or never will.
	 */
	boolean isDone();

}
