// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A request body that another thread reads. A server uses its requests and connections
 * again: once this is closed nothing is read any more, and {@link #close()} waits for a
 * read that is under way (at most the server's read timeout).
 */
final class RequestBody extends InputStream {

	private final InputStream stream;

	private final ReentrantLock lock = new ReentrantLock();

	private boolean closed;

	RequestBody(InputStream stream) {
		this.stream = stream;
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xff;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		this.lock.lock();
		try {
			if (this.closed) {
				throw new IOException("The request is over");
			}
			return this.stream.read(buffer, offset, length);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
		}
		finally {
			this.lock.unlock();
		}
	}

}
