// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.contender;

import java.util.List;

/**
 * A way to start processes.
 */
public interface Contender {

	/**
	 * Start a program and return when it is known to run. Its output goes nowhere, or is
	 * captured where that is what the contender is about.
	 * @param command program and arguments
	 * @return the process
	 * @throws Exception if it cannot
	 */
	default Running start(List<String> command) throws Exception {
		throw new UnsupportedOperationException();
	}

	/**
	 * Run a program to its end in the calling thread.
	 * @param command program and arguments
	 * @throws Exception if it cannot
	 */
	default void run(List<String> command) throws Exception {
		start(command).await();
	}

	/**
	 * Run a program to its end and return what it wrote.
	 * @param command program and arguments
	 * @return how many bytes
	 * @throws Exception if it cannot
	 */
	default int capture(List<String> command) throws Exception {
		throw new UnsupportedOperationException();
	}

	/**
	 * Start a program whose output is captured, and wait for its end by a future.
	 * @param command program and arguments
	 * @throws Exception if it cannot
	 */
	default void captureAsynchronously(List<String> command) throws Exception {
		throw new UnsupportedOperationException();
	}

	/**
	 * Start a program with pipes.
	 * @param command program and arguments
	 * @param fed whether it reads as well
	 * @return the process
	 * @throws Exception if it cannot
	 */
	default Process startPiped(List<String> command, boolean fed) throws Exception {
		throw new UnsupportedOperationException();
	}

}
