// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.worker;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.sun.management.OperatingSystemMXBean;
import io.github.subprocess.benchmarks.contender.Contender;

/**
 * Moves bytes: GB/s, and for reading also seconds of processor time a GB.
 */
final class Streams {

	private static final int PIECE = 256 * 1024;

	private static final OperatingSystemMXBean system = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private Streams() {
	}

	static String read(Contender contender, List<String> command, int piece) throws Exception {
		long processor = system.getProcessCpuTime();
		long begun = System.nanoTime();
		Process process = contender.startPiped(command, false);
		double gigabytes = drain(process.getInputStream(), piece) / 1e9;
		process.waitFor();
		long took = System.nanoTime() - begun;
		return gigabytes * 1e9 / took + " " + (system.getProcessCpuTime() - processor) / 1e9 / gigabytes;
	}

	static String cat(Contender contender, int mebibytes) throws Exception {
		long bytes = (long) mebibytes << 20;
		long begun = System.nanoTime();
		Process process = contender.startPiped(List.of("/bin/cat"), true);
		CompletableFuture<Void> written = CompletableFuture.runAsync(() -> feed(process.getOutputStream(), bytes));
		long read = drain(process.getInputStream(), PIECE);
		written.join();
		process.waitFor();
		if (read != bytes) {
			throw new IllegalStateException("cat has lost bytes: " + read);
		}
		return Double.toString((double) bytes / (System.nanoTime() - begun));
	}

	private static long drain(InputStream stream, int piece) throws Exception {
		byte[] buffer = new byte[piece];
		long sum = 0;
		int count;
		while ((count = stream.read(buffer)) >= 0) {
			sum += count;
		}
		return sum;
	}

	private static void feed(OutputStream stream, long bytes) {
		byte[] buffer = new byte[PIECE];
		try (stream) {
			for (long left = bytes; left > 0; left -= PIECE) {
				stream.write(buffer, 0, (int) Math.min(PIECE, left));
			}
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
