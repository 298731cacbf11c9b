// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

import io.github.subprocess.InputReport;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.ReadinessPoll.Interest;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * Writes buffers to the standard input of a child as fast as the child reads, then closes
 * it. That the child stops to read is its right and not an error. Lives on the event
 * loop.
 */
final class InputWriter {

	/**
	 * How often one stream is written before the others have their turn.
	 */
	private static final int WRITES_PER_TURN = 8;

	private final DescriptorIo io;

	private final int descriptor;

	private final EventLoop loop;

	private final PipeRoom room;

	private final InputEnd end;

	private final Deque<ByteBuffer> sources = new ArrayDeque<>();

	private Progress progress = new Progress() {
	};

	private Consumer<Throwable> onFailure = (failure) -> {
	};

	private EventLoop.@Nullable Watch watch;

	private boolean armed;

	private boolean open = true;

	private boolean finished;

	private boolean failed;

	private boolean broken;

	private long written;

	InputWriter(DescriptorIo io, int descriptor, EventLoop loop, PipeRoom room, InputEnd end) {
		this.io = io;
		this.descriptor = descriptor;
		this.loop = loop;
		this.room = room;
		this.end = end;
	}

	void tell(Progress progress) {
		this.progress = progress;
	}

	/**
	 * Before anything is written.
	 * @param onFailure is told when it cannot be written, which is not the doing of the
	 * child
	 */
	void begin(Consumer<Throwable> onFailure) {
		this.onFailure = onFailure;
	}

	/**
	 * Write a buffer after those that wait.
	 * @param source what to write, not copied
	 */
	void add(ByteBuffer source) {
		if (this.open && !this.finished) {
			this.sources.addLast(source);
			write();
		}
	}

	/**
	 * Nothing comes after what waits.
	 */
	void finish() {
		this.finished = true;
		if (this.open) {
			write();
		}
	}

	private void write() {
		if (this.armed || this.failed) {
			return;
		}
		try {
			int turns = 0;
			while (!this.sources.isEmpty() || hasEnd()) {
				ByteBuffer source = this.sources.getFirst();
				if (source.hasRemaining() && (turns++ == WRITES_PER_TURN || !writeSome(source))) {
					awaitReadiness();
					return;
				}
				if (!source.hasRemaining()) {
					this.sources.removeFirst();
					this.progress.taken();
				}
			}
			if (this.finished) {
				close();
			}
		}
		catch (SystemCallFailure ex) {
			if (!ex.errnoName().equals("EPIPE")) {
				// not the doing of the child, which would take half an input for a whole
				// and is ended for it
				this.failed = true;
				this.onFailure.accept(new IOException(ex.getMessage(), ex));
				return;
			}
			close();
		}
	}

	private boolean hasEnd() {
		ByteBuffer last = this.finished ? this.end.take() : ByteBuffer.allocate(0);
		return last.hasRemaining() && this.sources.add(last);
	}

	/**
	 * Write as much as fits into one transfer.
	 * @return whether there was room
	 */
	private boolean writeSome(ByteBuffer source) throws SystemCallFailure {
		ByteBuffer transfer = this.loop.transferBuffer();
		int length = Math.min(transfer.remaining(), source.remaining());
		transfer.put(0, source, source.position(), length).limit(length);
		int count = this.io.write(this.descriptor, transfer);
		if (count == DescriptorIo.WOULD_BLOCK && this.room.wasFull()) {
			count = this.io.write(this.descriptor, transfer);
		}
		if (count == DescriptorIo.WOULD_BLOCK) {
			return false;
		}
		this.written += this.end.wrote(transfer, count);
		source.position(source.position() + count);
		return true;
	}

	private void awaitReadiness() {
		this.armed = true;
		if (this.watch == null) {
			this.watch = this.loop.watchOrLook(this.descriptor, Interest.WRITE, this::ready);
		}
		else {
			this.watch.rearmOrLook();
		}
	}

	private void ready() {
		this.armed = false;
		if (this.open) {
			write();
		}
	}

	/**
	 * Write no more.
	 */
	void close() {
		if (this.open) {
			this.open = false;
			this.broken = !this.sources.isEmpty();
			this.sources.clear();
			if (this.watch != null) {
				this.watch.forget();
			}
			this.io.close(this.descriptor);
			this.progress.closed();
		}
	}

	InputReport toReport() {
		return new InputReport(this.written, this.finished && !this.open && !this.broken, this.broken);
	}

	/**
	 * Hears how far the writing has come.
	 */
	interface Progress {

		/**
		 * One more buffer has been written.
		 */
		default void taken() {
		}

		/**
		 * Nothing is written any more.
		 */
		default void closed() {
		}

	}

}
