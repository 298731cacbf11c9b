// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.subprocess.spi.SpawnPlan;

/**
 * Says what the kernel found too big to hand over: it tells no more than E2BIG. Texts are
 * not shown, only their sizes and the names of variables.
 */
final class TooMuchText {

	/**
	 * The most bytes of one text, with its NUL: {@code MAX_ARG_STRLEN}, 32 pages.
	 */
	private static final int LONGEST = 32 * 4096;

	private TooMuchText() {
	}

	static String of(SpawnPlan plan) {
		long all = 0;
		List<String> arguments = plan.arguments();
		for (int i = 0; i < arguments.size(); i++) {
			int size = size(arguments.get(i));
			if (size > LONGEST) {
				return tooLong((i > 0) ? "argument " + i : "its name", size);
			}
			all += size;
		}
		for (String variable : plan.environment()) {
			int size = size(variable);
			if (size > LONGEST) {
				return tooLong("environment variable " + variable.substring(0, Math.max(0, variable.indexOf('='))),
						size);
			}
			all += size;
		}
		return "%d arguments and %d variables have %d bytes together".formatted(arguments.size() - 1,
				plan.environment().size(), all);
	}

	private static String tooLong(String what, int size) {
		return what + " has " + size + " bytes, more than " + LONGEST;
	}

	private static int size(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length + 1;
	}

}
