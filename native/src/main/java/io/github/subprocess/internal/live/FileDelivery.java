// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * Writes to a file that was opened before the process was born.
 */
final class FileDelivery implements Delivery {

	private final DescriptorIo io;

	private final Path path;

	private final int descriptor;

	private boolean open = true;

	FileDelivery(DescriptorIo io, Path path, int descriptor) {
		this.io = io;
		this.path = path;
		this.descriptor = descriptor;
	}

	@Override
	public void deliver(ByteBuffer bytes) throws IOException {
		ByteBuffer transfer = TransferBuffers.take();
		try {
			while (bytes.hasRemaining()) {
				int length = Math.min(transfer.capacity(), bytes.remaining());
				transfer.clear().put(bytes.slice(bytes.position(), length)).flip();
				bytes.position(bytes.position() + length);
				while (transfer.hasRemaining()) {
					this.io.write(this.descriptor, transfer);
				}
			}
		}
		catch (SystemCallFailure ex) {
			throw new IOException(this.path + ": " + ex.getMessage(), ex);
		}
		finally {
			TransferBuffers.giveBack(transfer);
		}
	}

	@Override
	public void end() {
		// closed by the release
	}

	@Override
	public void release() {
		if (this.open) {
			this.open = false;
			this.io.close(this.descriptor);
		}
	}

}
