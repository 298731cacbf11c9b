// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;

import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * This side's end of what a process writes. A terminal that nobody has open any more says
 * so by an error (EIO, pty(7)), which a pipe never means by it.
 */
final class OutputEnd {

	private final DescriptorIo io;

	private final int descriptor;

	private final boolean terminal;

	private OutputEnd(DescriptorIo io, int descriptor, boolean terminal) {
		this.io = io;
		this.descriptor = descriptor;
		this.terminal = terminal;
	}

	static OutputEnd ofPipe(DescriptorIo io, int descriptor) {
		return new OutputEnd(io, descriptor, false);
	}

	static OutputEnd ofTerminal(DescriptorIo io, int descriptor) {
		return new OutputEnd(io, descriptor, true);
	}

	int descriptor() {
		return this.descriptor;
	}

	/**
	 * Read what is there.
	 * @param buffer gets it
	 * @return how many bytes, 0 at the end, or {@link DescriptorIo#WOULD_BLOCK}
	 * @throws SystemCallFailure if it cannot be read
	 */
	int read(ByteBuffer buffer) throws SystemCallFailure {
		try {
			return this.io.read(this.descriptor, buffer);
		}
		catch (SystemCallFailure ex) {
			if (this.terminal && ex.errnoName().equals("EIO")) {
				return 0;
			}
			throw ex;
		}
	}

	void close() {
		this.io.close(this.descriptor);
	}

}
