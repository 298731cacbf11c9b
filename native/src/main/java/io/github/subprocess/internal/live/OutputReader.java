// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

import io.github.subprocess.CapturedOutput;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.ReadinessPoll.Interest;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream of a process as long as all its sinks have room, so that the slowest
 * decides, and is done when all have passed on what they took. Lives on the event loop.
 */
final class OutputReader {

	/**
	 * How often one stream is read before the others have their turn.
	 */
	private static final int READS_PER_TURN = 8;

	private final OutputEnd end;

	private final EventLoop loop;

	private final PipeRoom room;

	private final List<OutputSink> sinks;

	private @Nullable StreamOwner owner;

	private EventLoop.@Nullable Watch watch;

	private long totalBytes;

	private long lastReadNanos = System.nanoTime();

	private boolean open = true;

	private boolean paused;

	private boolean complete;

	private boolean abandoned;

	OutputReader(OutputEnd end, EventLoop loop, PipeRoom room, List<OutputSink> sinks) {
		this.end = end;
		this.loop = loop;
		this.room = room;
		this.sinks = sinks;
	}

	/**
	 * Begin to read. Runs on the thread that launched the process; all else on the event
	 * loop.
	 */
	void begin(StreamOwner owner) {
		this.owner = owner;
		for (OutputSink sink : this.sinks) {
			sink.begin(this);
		}
		this.watch = this.loop.prepare(this.end.descriptor(), Interest.READ, this::read);
		this.watch.begin();
	}

	StreamOwner owner() {
		if (this.owner == null) {
			throw new IllegalStateException("not begun");
		}
		return this.owner;
	}

	private void read() {
		try {
			for (int i = 0; i < READS_PER_TURN; i++) {
				if (!this.open) {
					return;
				}
				if (!allHaveRoom()) {
					this.paused = true;
					return;
				}
				ByteBuffer transfer = this.loop.transferBuffer();
				int count = this.end.read(transfer);
				if (count == 0) {
					this.complete = true;
					end();
					return;
				}
				if (count == DescriptorIo.WOULD_BLOCK) {
					break;
				}
				this.totalBytes += count;
				this.lastReadNanos = System.nanoTime();
				if (count >= DescriptorIo.PIPE_BYTES) {
					this.room.wasFull();
				}
				transfer.flip();
				for (OutputSink sink : this.sinks) {
					sink.take(transfer.rewind());
				}
			}
			if (this.watch != null) {
				this.watch.rearmOrLook();
			}
		}
		catch (SystemCallFailure ex) {
			// what was read until then is not complete, and that must not pass for
			// success
			owner().outputFailed(new IOException(ex.getMessage(), ex));
			end();
		}
	}

	private boolean allHaveRoom() {
		boolean all = true;
		for (OutputSink sink : this.sinks) {
			// each is asked, so that each that is full tells when it is not
			all &= sink.hasRoom();
		}
		return all;
	}

	/**
	 * A sink has room again, wants no more or is done. May be called by any thread.
	 */
	void sinkChanged() {
		this.loop.execute(this::lookAtSinks);
	}

	private void lookAtSinks() {
		if (this.open && this.sinks.stream().noneMatch(OutputSink::wantsMore)) {
			end();
		}
		else if (this.open && this.paused && allHaveRoom()) {
			this.paused = false;
			read();
		}
		else {
			tellIfDone();
		}
	}

	private void end() {
		closeDescriptor();
		this.sinks.forEach(OutputSink::end);
		tellIfDone();
	}

	private void tellIfDone() {
		if (isDone()) {
			owner().outputEnded();
		}
	}

	/**
	 * Return whether nothing is left to be read or passed on.
	 */
	boolean isDone() {
		return !this.open && (this.abandoned || allAreDone());
	}

	private boolean allAreDone() {
		for (OutputSink sink : this.sinks) {
			if (!sink.isDone()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return when the process was last heard of, on the monotonic clock. While it is not
	 * listened to it cannot be silent.
	 */
	long lastHeardNanos() {
		return this.paused ? System.nanoTime() : this.lastReadNanos;
	}

	/**
	 * Read no more and pass on no more, whether the stream has ended or not.
	 */
	void abandon() {
		if (!isDone()) {
			this.abandoned = true;
			closeDescriptor();
			this.sinks.forEach(OutputSink::abandon);
		}
	}

	private void closeDescriptor() {
		if (this.open) {
			this.open = false;
			if (this.watch != null) {
				this.watch.forget();
			}
			this.end.close();
		}
	}

	/**
	 * Return the end of what has been captured so far.
	 */
	CapturedOutput toTail(int maxBytes) {
		for (OutputSink sink : this.sinks) {
			if (sink instanceof CaptureSink captured) {
				return captured.capture().toTail(maxBytes);
			}
		}
		return new CapturedOutput(new byte[0], new byte[0], this.totalBytes, false, false);
	}

	CapturedOutput toOutput() {
		boolean all = this.complete && !this.abandoned;
		for (OutputSink sink : this.sinks) {
			if (sink instanceof CaptureSink captured) {
				return captured.capture().toOutput(all);
			}
		}
		return new CapturedOutput(new byte[0], new byte[0], this.totalBytes, false, all);
	}

}
