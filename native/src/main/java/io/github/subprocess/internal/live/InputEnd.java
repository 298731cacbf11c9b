// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;

import io.github.subprocess.spi.DescriptorIo;

/**
 * What tells a process that its input is over, besides the closing of it: nothing for a
 * pipe. A terminal cannot be closed for reading alone. Where it takes input line by line
 * its end character says it, at the beginning of a line; within one, the first only ends
 * the line, and the second says it (termios(3)). Guarded by whoever writes.
 */
final class InputEnd {

	private final DescriptorIo io;

	private final int terminal;

	private byte last = '\n';

	private boolean over;

	private InputEnd(DescriptorIo io, int terminal) {
		this.io = io;
		this.terminal = terminal;
	}

	static InputEnd ofPipe(DescriptorIo io) {
		return new InputEnd(io, -1);
	}

	static InputEnd ofTerminal(DescriptorIo io, int terminal) {
		return new InputEnd(io, terminal);
	}

	/**
	 * Something has been written.
	 * @param buffer what it was in, up to its position
	 * @param count how many bytes
	 * @return how many of them were the application's
	 */
	int wrote(ByteBuffer buffer, int count) {
		if (this.over || count <= 0) {
			return 0;
		}
		this.last = buffer.get(buffer.position() - 1);
		return count;
	}

	/**
	 * Return what is to be written at the end; at the second call there is nothing.
	 */
	ByteBuffer take() {
		if (this.over || this.terminal < 0) {
			return ByteBuffer.allocate(0);
		}
		byte end = this.io.endOfTerminalInput(this.terminal);
		this.over = true;
		if (end == 0) {
			return ByteBuffer.allocate(0);
		}
		return ByteBuffer.wrap((this.last == '\n') ? new byte[] { end } : new byte[] { end, end });
	}

}
