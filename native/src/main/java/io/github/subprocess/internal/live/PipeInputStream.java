// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.ReadinessPoll.Interest;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * What a child writes, for the application to read. Nothing is read from the pipe before
 * the application asks for it, so that a fast child waits for a slow reader. A reader
 * that waits is parked, not blocked in a system call: a virtual thread frees its carrier,
 * and {@link #close()} by another thread ends the wait.
 */
final class PipeInputStream extends InputStream {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	/**
	 * How much is taken over from a pipe when its child has ended, so that the descriptor
	 * can be closed: more than any pipe holds, which is 1 MiB at most for ordinary users.
	 */
	private static final int LEFTOVER_LIMIT = 2 * 1024 * 1024;

	private final OutputEnd end;

	private final EventLoop loop;

	private final ReentrantLock lock = new ReentrantLock();

	private final PipeReadiness readiness;

	private final PipeRoom room;

	private volatile long lastReadNanos = System.nanoTime();

	/**
	 * What has been read: a transfer buffer, or an array that was taken over.
	 */
	private ByteBuffer buffer = NOTHING;

	private long totalBytes;

	private @Nullable SystemCallFailure failure;

	private boolean descriptorClosed;

	private boolean endOfStream;

	private boolean closed;

	PipeInputStream(OutputEnd end, EventLoop loop, PipeRoom room) {
		this.room = room;
		this.end = end;
		this.loop = loop;
		this.readiness = new PipeReadiness(loop, end.descriptor(), Interest.READ, this.lock);
	}

	@Override
	public int read() throws IOException {
		this.lock.lock();
		try {
			return awaitBytes() ? this.buffer.get() & 0xFF : -1;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		if (length == 0) {
			return 0;
		}
		this.lock.lock();
		try {
			if (!awaitBytes()) {
				return -1;
			}
			int count = Math.min(length, this.buffer.remaining());
			this.buffer.get(bytes, offset, count);
			return count;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for bytes in the buffer, with the lock held.
	 * @return whether there are some; if not, the stream is at its end
	 */
	private boolean awaitBytes() throws IOException {
		try {
			while (true) {
				if (this.closed) {
					throw new IOException("Stream closed");
				}
				if (this.buffer.hasRemaining()) {
					return true;
				}
				if (this.endOfStream) {
					return false;
				}
				throwFailure();
				if (!fill()) {
					this.readiness.await(() -> this.closed || this.descriptorClosed);
				}
			}
		}
		catch (SystemCallFailure ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	/**
	 * What failed where nobody could be told is told once, and may be tried again.
	 */
	private void throwFailure() throws SystemCallFailure {
		SystemCallFailure untold = this.failure;
		if (untold != null) {
			this.failure = null;
			throw untold;
		}
	}

	/**
	 * Read into the empty buffer.
	 * @return whether there are bytes, or the end
	 */
	private boolean fill() throws SystemCallFailure {
		if (!this.buffer.isDirect()) {
			this.buffer = TransferBuffers.take();
		}
		this.buffer.clear();
		int count;
		try {
			count = this.end.read(this.buffer);
		}
		finally {
			this.buffer.flip();
		}
		if (count == DescriptorIo.WOULD_BLOCK) {
			return false;
		}
		if (count == 0) {
			end();
			return true;
		}
		this.totalBytes += count;
		this.lastReadNanos = System.nanoTime();
		if (count >= DescriptorIo.PIPE_BYTES) {
			this.room.wasFull();
		}
		return true;
	}

	/**
	 * Read what is there if the buffer is empty, without waiting. Whoever waits for it is
	 * woken: the pipe may be empty by now and not be ready again.
	 */
	private void look() throws SystemCallFailure {
		if (!this.buffer.hasRemaining() && !this.descriptorClosed && fill()) {
			this.readiness.wakeAll();
		}
	}

	/**
	 * Return when the child was last heard of, on the monotonic clock: now, when there is
	 * something that the application has yet to read. Runs on the event loop.
	 */
	long lastHeardNanos() {
		this.lock.lock();
		try {
			look();
			return this.buffer.hasRemaining() ? System.nanoTime() : this.lastReadNanos;
		}
		catch (SystemCallFailure ex) {
			return this.lastReadNanos;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Take over what is left in the pipe of a child that has ended, so that its
	 * descriptor does not stay open for an application that forgets to close the stream.
	 * While another process holds the pipe open it stays open here too, and the rest is
	 * taken over when that has ended as well. Runs on the event loop.
	 */
	void takeOverLeftover() {
		this.lock.lock();
		try {
			if (this.descriptorClosed || this.endOfStream || this.buffer.remaining() > LEFTOVER_LIMIT) {
				return;
			}
			if (takeOver()) {
				end();
			}
			else {
				this.readiness.awaitHangUp(this::takeOverLeftover);
			}
		}
		catch (SystemCallFailure ex) {
			// the application reads what has been taken, and meets the failure after it
			this.failure = ex;
		}
		finally {
			this.readiness.wakeAll();
			this.lock.unlock();
		}
	}

	/**
	 * Take over what is there, behind what has been read.
	 * @return whether that was the end
	 */
	private boolean takeOver() throws SystemCallFailure {
		BoundedCapture leftover = new BoundedCapture(2L * LEFTOVER_LIMIT);
		leftover.append(this.buffer);
		ByteBuffer transfer = this.loop.transferBuffer();
		int taken = 0;
		try {
			int count = this.end.read(transfer);
			while (count > 0) {
				leftover.append(transfer.flip());
				taken += count;
				this.totalBytes += count;
				transfer.clear();
				count = (taken < LEFTOVER_LIMIT) ? this.end.read(transfer) : DescriptorIo.WOULD_BLOCK;
			}
			return count == 0;
		}
		finally {
			replaceBuffer(ByteBuffer.wrap(leftover.toOutput(true).bytes()));
		}
	}

	/**
	 * Return how many bytes have left the pipe, whether the application has read them or
	 * not.
	 */
	long totalBytes() {
		this.lock.lock();
		try {
			return this.totalBytes;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end() {
		this.endOfStream = true;
		if (!this.buffer.hasRemaining()) {
			replaceBuffer(NOTHING);
		}
		closeDescriptor();
	}

	private void replaceBuffer(ByteBuffer next) {
		if (this.buffer.isDirect()) {
			TransferBuffers.giveBack(this.buffer);
		}
		this.buffer = next;
	}

	private void closeDescriptor() {
		if (!this.descriptorClosed) {
			this.descriptorClosed = true;
			this.readiness.forget();
			this.end.close();
		}
	}

	@Override
	public int available() throws IOException {
		this.lock.lock();
		try {
			if (this.closed) {
				throw new IOException("Stream closed");
			}
			look();
			return this.buffer.remaining();
		}
		catch (SystemCallFailure ex) {
			throw new IOException(ex.getMessage(), ex);
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
			replaceBuffer(NOTHING);
			closeDescriptor();
			this.readiness.wakeAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
