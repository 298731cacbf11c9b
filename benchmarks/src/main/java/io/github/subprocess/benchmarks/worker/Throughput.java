// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.subprocess.benchmarks.contender.Contender;

/**
 * Counts how many processes a second several threads run to their ends.
 */
final class Throughput {

	private static final long TENTH = 100_000_000L;

	private Throughput() {
	}

	static String measure(Contender contender, String program, int threads, int tenths) throws Exception {
		List<String> command = List.of(program);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		long begun = System.nanoTime();
		List<Future<Long>> counts = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			counts.add(executor.submit(() -> {
				long count = 0;
				for (; System.nanoTime() - begun < tenths * TENTH; count++) {
					contender.run(command);
				}
				return count;
			}));
		}
		long count = 0;
		for (Future<Long> each : counts) {
			count += each.get();
		}
		double rate = count * 1e9 / (System.nanoTime() - begun);
		executor.shutdown();
		return Double.toString(rate);
	}

}
