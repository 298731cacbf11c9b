// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.awaitility.Awaitility.await;

/**
 * A child that tells in a file how much it has written, so that a test sees it blocked.
 *
 * @param progress the file
 */
record Writer(Path progress) {

	private static final Duration QUIET = Duration.ofMillis(300);

	static Writer in(Path directory) {
		return new Writer(directory.resolve("progress"));
	}

	String[] endless() {
		return new String[] { this.progress.toString() };
	}

	String[] of(long bytes) {
		return new String[] { this.progress.toString(), String.valueOf(bytes) };
	}

	long written() {
		try {
			byte[] count = Files.readAllBytes(this.progress);
			return (count.length == Long.BYTES) ? ByteBuffer.wrap(count).order(ByteOrder.nativeOrder()).getLong() : 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Wait until it has written something and then, for a while, nothing more.
	 * @return how much it has written
	 */
	long awaitBlocked() {
		long[] last = { -1, System.nanoTime() };
		await().until(() -> Files.exists(this.progress) && isQuiet(last));
		return last[0];
	}

	private boolean isQuiet(long[] last) {
		long now = written();
		if (now != last[0]) {
			last[0] = now;
			last[1] = System.nanoTime();
		}
		return now > 0 && System.nanoTime() - last[1] > QUIET.toNanos();
	}

}
