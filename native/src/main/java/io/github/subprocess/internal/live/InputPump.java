// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Copies a stream of the application to the standard input of a process. Runs on the
 * executor, since the application's stream may block.
 */
final class InputPump implements Runnable {

	private static final int BUFFER_SIZE = 64 * 1024;

	private final InputStream source;

	private final PipeOutputStream target;

	private final Consumer<Exception> onSourceFailure;

	InputPump(InputStream source, PipeOutputStream target, Consumer<Exception> onSourceFailure) {
		this.source = source;
		this.target = target;
		this.onSourceFailure = onSourceFailure;
	}

	@Override
	public void run() {
		byte[] buffer = new byte[BUFFER_SIZE];
		try {
			int count = read(buffer);
			while (count >= 0) {
				this.target.write(buffer, 0, count);
				count = read(buffer);
			}
		}
		catch (SourceFailure ex) {
			// before the input is closed: the process must not take half an input for a
			// whole
			this.onSourceFailure.accept(ex.failure);
		}
		catch (IOException ex) {
			// the process reads no more, or has ended: both are its right
		}
		finally {
			this.target.close();
		}
	}

	private int read(byte[] buffer) throws SourceFailure {
		try {
			return this.source.read(buffer);
		}
		catch (IOException | RuntimeException ex) {
			throw new SourceFailure(ex);
		}
	}

	/**
	 * It was the application's stream that failed.
	 */
	private static final class SourceFailure extends Exception {

		private static final long serialVersionUID = 1L;

		private final Exception failure;

		SourceFailure(Exception failure) {
			super(failure);
			this.failure = failure;
		}

	}

}
