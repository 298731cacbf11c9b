// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.worker;

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.github.subprocess.benchmarks.contender.Contender;

/**
 * Bytes that the calling thread allocates for a launch and the wait for its end.
 */
final class Allocation {

	private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private Allocation() {
	}

	static String measure(Contender contender, String program, int count) throws Exception {
		List<String> command = List.of(program);
		long thread = Thread.currentThread().getId();
		long before = threads.getThreadAllocatedBytes(thread);
		for (int i = 0; i < count; i++) {
			contender.run(command);
		}
		return Long.toString((threads.getThreadAllocatedBytes(thread) - before) / count);
	}

}
