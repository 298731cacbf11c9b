// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.contender;

/**
 * A process of a contender.
 */
public interface Running {

	/**
	 * Wait for its end.
	 * @throws Exception if it failed
	 */
	void await() throws Exception;

	/**
	 * Be told of its end.
	 * @param action what to do, in whatever thread
	 */
	default void whenEnded(Runnable action) {
		throw new UnsupportedOperationException();
	}

}
