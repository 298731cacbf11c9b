// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.worker;

import java.util.List;

import io.github.subprocess.benchmarks.contender.Contender;
import io.github.subprocess.benchmarks.contender.Running;

/**
 * Times launches one after the other, in nanoseconds.
 */
final class Launches {

	private Launches() {
	}

	static String spawn(Contender contender, String program, int count) throws Exception {
		StringBuilder answer = new StringBuilder();
		List<String> command = List.of(program);
		for (int i = 0; i < count; i++) {
			long begun = System.nanoTime();
			Running running = contender.start(command);
			answer.append(System.nanoTime() - begun).append(' ');
			running.await();
		}
		return answer.toString();
	}

	static String capture(Contender contender, String program, int count) throws Exception {
		List<String> command = List.of(program);
		return each(count, () -> {
			int bytes = contender.capture(command);
			// zt-exec counts a line without its end
			if (bytes < 15) {
				throw new IllegalStateException(bytes + " bytes captured");
			}
		});
	}

	static String each(int count, Action action) throws Exception {
		StringBuilder answer = new StringBuilder();
		for (int i = 0; i < count; i++) {
			long begun = System.nanoTime();
			action.perform();
			answer.append(System.nanoTime() - begun).append(' ');
		}
		return answer.toString();
	}

	/**
	 * What is timed.
	 */
	@FunctionalInterface
	interface Action {

		void perform() throws Exception;

	}

}
