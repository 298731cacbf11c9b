// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives ids of eight hexadecimal digits, none of them twice in 2^32.
 */
final class ProcessIds {

	// odd, so that adding it again and again meets every number once; large, so that
	// neighbours look different
	private static final int STRIDE = 0x9E3779B1;

	private final AtomicInteger last = new AtomicInteger(ThreadLocalRandom.current().nextInt());

	String next() {
		int number = this.last.addAndGet(STRIDE);
		char[] digits = new char[Integer.BYTES * 2];
		for (int i = digits.length - 1; i >= 0; i--) {
			digits[i] = Character.forDigit(number & 0xF, 16);
			number >>>= 4;
		}
		return new String(digits);
	}

}
