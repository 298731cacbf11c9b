// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.worker;

import java.io.RandomAccessFile;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.subprocess.benchmarks.contender.Contender;
import io.github.subprocess.benchmarks.contender.Running;

/**
 * Times from the opening of a gate, at which a child waits for its end, until code of the
 * application is told of that, in nanoseconds.
 */
final class ExitNotice {

	private ExitNotice() {
	}

	static String measure(Contender contender, List<String> command, int count) throws Exception {
		StringBuilder answer = new StringBuilder();
		for (int i = 0; i < count; i++) {
			CompletableFuture<Long> told = new CompletableFuture<>();
			long begun;
			try (RandomAccessFile gate = new RandomAccessFile(command.get(1), "rw")) {
				Running running = contender.start(command);
				running.whenEnded(() -> told.complete(System.nanoTime()));
				// by then the child waits: it has nothing else to do
				Thread.sleep(2);
				begun = System.nanoTime();
			}
			answer.append(told.join() - begun).append(' ');
		}
		return answer.toString();
	}

}
