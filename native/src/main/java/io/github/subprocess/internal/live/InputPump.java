// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

import io.github.subprocess.spi.SystemCallFailure;

/**
 * Copies a stream of the application to the standard input of a process. Runs on the
 * executor, since the application's stream may block.
 */
final class InputPump implements Runnable {

	private static final int BUFFER_SIZE = 64 * 1024;

	private final InputStream source;

	private final PipeOutputStream target;

	private final Consumer<Throwable> onFailure;

	InputPump(InputStream source, PipeOutputStream target, Consumer<Throwable> onFailure) {
		this.source = source;
		this.target = target;
		this.onFailure = onFailure;
	}

	@Override
	public void run() {
		byte[] buffer = new byte[BUFFER_SIZE];
		while (true) {
			int count;
			try {
				count = this.source.read(buffer);
			}
			catch (IOException | RuntimeException | Error ex) {
				// the input stays open until the process has been ended for it: at an end
				// of file it would take half an input for a whole
				this.onFailure.accept(ex);
				return;
			}
			if (count < 0) {
				this.target.close();
				return;
			}
			if (!write(buffer, count)) {
				return;
			}
		}
	}

	private boolean write(byte[] buffer, int count) {
		try {
			this.target.write(buffer, 0, count);
			return true;
		}
		catch (IOException ex) {
			if (ex.getCause() instanceof SystemCallFailure) {
				// as above
				this.onFailure.accept(ex);
				return false;
			}
			// the process reads no more, or has ended: both are its right
			this.target.close();
			return false;
		}
	}

}
