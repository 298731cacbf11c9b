// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.worker;

import java.io.File;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.subprocess.benchmarks.contender.Contender;
import io.github.subprocess.benchmarks.contender.Running;

/**
 * Many children at once: seconds until all are started, threads added, descriptors and
 * KiB of resident memory a child, seconds until all ends are noticed.
 */
final class LiveChildren {

	private static final long PAGE_KIB = 4;

	private LiveChildren() {
	}

	static String measure(Contender contender, List<String> command, int count) throws Exception {
		System.gc();
		CountDownLatch ended = new CountDownLatch(count);
		int threads = threads();
		int descriptors = descriptors();
		long resident = residentKib();
		List<Running> children = new ArrayList<>(count);
		long begun;
		long started;
		String held;
		long closed;
		try (RandomAccessFile gate = new RandomAccessFile(command.get(1), "rw")) {
			begun = System.nanoTime();
			for (int i = 0; i < count; i++) {
				Running child = contender.start(command);
				child.whenEnded(ended::countDown);
				children.add(child);
			}
			started = System.nanoTime();
			System.gc();
			held = "%d %.3f %.3f".formatted(threads() - threads, (descriptors() - descriptors) / (double) count,
					(residentKib() - resident) / (double) count);
			closed = System.nanoTime();
		}
		ended.await();
		return "%.4f %s %.4f".formatted((started - begun) / 1e9, held, (System.nanoTime() - closed) / 1e9);
	}

	private static int threads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

	private static int descriptors() {
		String[] names = new File("/proc/self/fd").list();
		return (names != null) ? names.length : 0;
	}

	private static long residentKib() throws Exception {
		return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * PAGE_KIB;
	}

}
