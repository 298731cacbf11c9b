// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;

import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.ReadinessPoll.Interest;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * Writes an array to the standard input of a child as fast as the child reads, then
 * closes it. That the child stops to read is its right and not an error. Lives on the
 * reactor.
 */
final class InputFeed {

	private final DescriptorIo io;

	private final int descriptor;

	private final EventLoop loop;

	private final ByteBuffer source;

	private EventLoop.@Nullable Watch watch;

	private boolean open = true;

	InputFeed(DescriptorIo io, int descriptor, EventLoop loop, byte[] source) {
		this.io = io;
		this.descriptor = descriptor;
		this.loop = loop;
		this.source = ByteBuffer.wrap(source);
	}

	void begin() {
		write();
	}

	private void write() {
		try {
			while (this.source.hasRemaining()) {
				ByteBuffer transfer = this.loop.transferBuffer();
				int length = Math.min(transfer.remaining(), this.source.remaining());
				transfer.put(0, this.source, this.source.position(), length).limit(length);
				int count = this.io.write(this.descriptor, transfer);
				if (count == DescriptorIo.WOULD_BLOCK) {
					awaitReadiness();
					return;
				}
				this.source.position(this.source.position() + count);
			}
			close();
		}
		catch (SystemCallFailure ex) {
			// EPIPE: the child reads no more
			close();
		}
	}

	private void awaitReadiness() throws SystemCallFailure {
		if (this.watch == null) {
			this.watch = this.loop.watch(this.descriptor, Interest.WRITE, this::write);
		}
		else {
			this.watch.rearm();
		}
	}

	void close() {
		if (this.open) {
			this.open = false;
			if (this.watch != null) {
				this.watch.forget();
			}
			this.io.close(this.descriptor);
		}
	}

}
