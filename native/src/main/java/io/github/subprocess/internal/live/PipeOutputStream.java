// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

import io.github.subprocess.InputReport;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.ReadinessPoll.Interest;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * What a child reads, for the application to write. A write returns when the pipe has
 * taken all of it; a writer that waits is parked, as in {@link PipeInputStream}. When the
 * child no longer reads, a write fails with {@link BrokenPipeException}.
 */
final class PipeOutputStream extends OutputStream {

	private final DescriptorIo io;

	private final int descriptor;

	private final ReentrantLock lock = new ReentrantLock();

	private final PipeReadiness readiness;

	private final PipeRoom room;

	private final InputEnd end;

	private long written;

	private boolean closed;

	private boolean finished;

	private int writers;

	private boolean broken;

	PipeOutputStream(DescriptorIo io, int descriptor, EventLoop loop, PipeRoom room, InputEnd end) {
		this.end = end;
		this.room = room;
		this.io = io;
		this.descriptor = descriptor;
		this.readiness = new PipeReadiness(loop, descriptor, Interest.WRITE, this.lock);
	}

	@Override
	public void write(int value) throws IOException {
		write(new byte[] { (byte) value }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		ByteBuffer transfer = TransferBuffers.take();
		this.lock.lock();
		try {
			int done = 0;
			while (done < length) {
				int count = Math.min(length - done, transfer.capacity());
				transfer.clear().put(bytes, offset + done, count).flip();
				writeBuffer(transfer);
				done += count;
			}
		}
		catch (SystemCallFailure ex) {
			this.broken = ex.errnoName().equals("EPIPE");
			throw this.broken ? new BrokenPipeException() : new IOException(ex.getMessage(), ex);
		}
		finally {
			this.lock.unlock();
			TransferBuffers.giveBack(transfer);
		}
	}

	private void writeBuffer(ByteBuffer source) throws SystemCallFailure, IOException {
		while (source.hasRemaining()) {
			if (this.closed) {
				this.broken |= !this.finished;
				throw new IOException("Stream closed");
			}
			int count = this.io.write(this.descriptor, source);
			if (count != DescriptorIo.WOULD_BLOCK) {
				this.written += this.end.wrote(source, count);
			}
			else if (!this.room.wasFull()) {
				this.writers++;
				try {
					this.readiness.await(() -> this.closed);
				}
				finally {
					this.writers--;
				}
			}
		}
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * The end of a terminal's input has to be written, and waits as a write does.
	 */
	@Override
	public void close() {
		writeEnd();
		close(true);
	}

	private void writeEnd() {
		this.lock.lock();
		try {
			ByteBuffer last = this.closed ? ByteBuffer.allocate(0) : this.end.take();
			if (last.hasRemaining()) {
				write(last.array());
			}
		}
		catch (IOException ex) {
			// who reads no more needs not be told
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Close it because the child has ended.
	 */
	void abandon() {
		close(false);
	}

	private void close(boolean byWriter) {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.closed = true;
				this.finished = byWriter;
				this.broken |= !byWriter && this.writers > 0;
				this.readiness.forget();
				this.io.close(this.descriptor);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	InputReport toReport() {
		this.lock.lock();
		try {
			return new InputReport(this.written, this.finished && !this.broken, this.broken);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The child no longer reads its input.
	 */
	static final class BrokenPipeException extends IOException {

		private static final long serialVersionUID = 1L;

		BrokenPipeException() {
			super("Broken pipe");
		}

	}

}
