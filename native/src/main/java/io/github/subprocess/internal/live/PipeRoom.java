// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import io.github.subprocess.spi.DescriptorIo;

/**
 * How much one pipe holds. A pipe gets more than it has from birth only when it was found
 * to be full: most never are, and what all pipes of a user may hold is limited.
 */
final class PipeRoom {

	private final DescriptorIo io;

	private final int descriptor;

	private final int wanted;

	private boolean asked;

	/**
	 * Create the room, and make it small at once if it is to be smaller than usual.
	 * @param io the descriptor calls
	 * @param descriptor one end of the pipe
	 * @param wanted how many bytes it should hold; 0: what it holds from birth
	 */
	PipeRoom(DescriptorIo io, int descriptor, int wanted) {
		this.io = io;
		this.descriptor = descriptor;
		this.wanted = wanted;
		if (wanted > 0 && wanted < DescriptorIo.PIPE_BYTES) {
			io.resizePipe(descriptor, wanted);
		}
	}

	/**
	 * The pipe was found to be full: one side is slower than the other.
	 * @return whether it may hold more now
	 */
	boolean wasFull() {
		if (this.asked || this.wanted <= DescriptorIo.PIPE_BYTES) {
			return false;
		}
		this.asked = true;
		this.io.resizePipe(this.descriptor, this.wanted);
		return true;
	}

}
