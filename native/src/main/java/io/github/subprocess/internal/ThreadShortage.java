// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import io.github.subprocess.spi.SystemCallFailure;

/**
 * There may be no more threads. The JVM tells of that as if memory were wanting.
 */
final class ThreadShortage {

	private static final int EAGAIN = 11;

	private ThreadShortage() {
	}

	/**
	 * Return whether it was a thread that was wanting.
	 */
	static boolean isMeantBy(OutOfMemoryError error) {
		return String.valueOf(error.getMessage()).contains("native thread");
	}

	/**
	 * Return it as what it is (pthread_create(3)).
	 */
	static SystemCallFailure failure() {
		return new SystemCallFailure("thread", EAGAIN, "EAGAIN", "Resource temporarily unavailable");
	}

}
