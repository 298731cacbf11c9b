// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;

import io.github.subprocess.CapturedOutput;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.ReadinessPoll.Interest;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream of a child to its end and keeps what the policy allows. Lives on the
 * reactor, but for the numbers that others look at.
 */
final class OutputCapture {

	/**
	 * How often one stream is read before the others have their turn.
	 */
	private static final int READS_PER_TURN = 8;

	private final DescriptorIo io;

	private final int descriptor;

	private final EventLoop loop;

	private final BoundedCapture capture;

	private EventLoop.@Nullable Watch watch;

	private Runnable onEnd = () -> {
	};

	private boolean open = true;

	private boolean complete;

	OutputCapture(DescriptorIo io, int descriptor, EventLoop loop, long maxBytes) {
		this.io = io;
		this.descriptor = descriptor;
		this.loop = loop;
		this.capture = new BoundedCapture(maxBytes);
	}

	/**
	 * Begin to read.
	 * @param onEnd is run when the stream has been read to its end
	 * @throws SystemCallFailure if the pipe cannot be watched
	 */
	void begin(Runnable onEnd) throws SystemCallFailure {
		this.onEnd = onEnd;
		this.watch = this.loop.watch(this.descriptor, Interest.READ, this::read);
	}

	private void read() {
		try {
			for (int i = 0; i < READS_PER_TURN; i++) {
				ByteBuffer transfer = this.loop.transferBuffer();
				int count = this.io.read(this.descriptor, transfer);
				if (count == 0) {
					this.complete = true;
					close();
					this.onEnd.run();
					return;
				}
				if (count == DescriptorIo.WOULD_BLOCK) {
					break;
				}
				this.capture.append(transfer.flip());
			}
			if (this.watch != null) {
				this.watch.rearm();
			}
		}
		catch (SystemCallFailure ex) {
			// reading a pipe of ours fails only if the descriptor is not what it was: not
			// complete
			close();
			this.onEnd.run();
		}
	}

	boolean isOpen() {
		return this.open;
	}

	/**
	 * Read no more, whether the stream has ended or not.
	 */
	void close() {
		if (this.open) {
			this.open = false;
			if (this.watch != null) {
				this.watch.forget();
			}
			this.io.close(this.descriptor);
		}
	}

	CapturedOutput toOutput() {
		return this.capture.toOutput(this.complete);
	}

}
