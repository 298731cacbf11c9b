// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.util.concurrent.locks.ReentrantLock;

import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * This side's hold on the terminal of a process, beyond its streams. Safe for use by many
 * threads.
 */
final class ControllingTerminal {

	private final DescriptorIo io;

	private final int descriptor;

	private final ReentrantLock lock = new ReentrantLock();

	private boolean closed;

	ControllingTerminal(DescriptorIo io, int descriptor) {
		this.io = io;
		this.descriptor = descriptor;
	}

	/**
	 * Change its size, if the process has not ended.
	 */
	void resize(int rows, int columns) {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.io.resizeTerminal(this.descriptor, rows, columns);
			}
		}
		catch (SystemCallFailure ex) {
			throw new IllegalStateException("The terminal cannot be resized: " + ex.getMessage(), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	void close() {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.closed = true;
				this.io.close(this.descriptor);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
