// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;

/**
 * Sends many bytes through {@code cat}, of which nothing is kept, and reads them back
 * with pauses.
 */
public final class BothDirections {

	private static final int BUFFER_SIZE = 1024 * 1024;

	private static final int READS_TO_PAUSE = 64;

	private static final long PAUSE_NANOS = 1_000_000;

	private BothDirections() {
	}

	public static void main(String[] arguments) throws Exception {
		Source source = new Source(Long.parseLong(arguments[0]));
		CRC32C received = new CRC32C();
		long total = 0;
		try (ProcessLauncher launcher = Fixture.launcher().build();
				ManagedProcess process = launcher.command("cat").input(source).start()) {
			InputStream output = process.getInputStream();
			byte[] buffer = new byte[BUFFER_SIZE];
			int reads = 0;
			int count = output.read(buffer);
			while (count >= 0) {
				received.update(buffer, 0, count);
				total += count;
				if (++reads % READS_TO_PAUSE == 0) {
					LockSupport.parkNanos(PAUSE_NANOS);
				}
				count = output.read(buffer);
			}
			TestJvm.say("written", process.awaitSuccess().input().bytesWritten());
		}
		TestJvm.say("sent", source.checksum.getValue());
		TestJvm.say("received", received.getValue());
		TestJvm.say("total", total);
		TestJvm.say("residentKib", TestJvm.residentKib());
	}

	/**
	 * Bytes that look random, and their checksum.
	 */
	private static final class Source extends InputStream {

		private final CRC32C checksum = new CRC32C();

		private long left;

		private long state = 42;

		Source(long length) {
			this.left = length;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) == 1) ? one[0] & 0xFF : -1;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) {
			if (this.left == 0) {
				return -1;
			}
			int count = (int) Math.min(length, this.left);
			for (int i = offset; i < offset + count; i++) {
				this.state = this.state * 6364136223846793005L + 1442695040888963407L;
				bytes[i] = (byte) (this.state >>> 56);
			}
			this.checksum.update(bytes, offset, count);
			this.left -= count;
			return count;
		}

	}

}
