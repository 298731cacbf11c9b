// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Direct buffers that are used again: to make one costs more than to fill it.
 */
final class TransferBuffers {

	/**
	 * Enough for all that a pipe holds from birth.
	 */
	private static final int SIZE = 64 * 1024;

	private static final int MOST_IDLE = 16;

	private static final Queue<ByteBuffer> idle = new ArrayBlockingQueue<>(MOST_IDLE);

	private TransferBuffers() {
	}

	static ByteBuffer take() {
		ByteBuffer buffer = idle.poll();
		return (buffer != null) ? buffer : ByteBuffer.allocateDirect(SIZE);
	}

	static void giveBack(ByteBuffer buffer) {
		// what finds no room is left to the garbage collector
		idle.offer(buffer.clear());
	}

}
