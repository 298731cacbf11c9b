// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import jnr.constants.platform.Errno;

/**
 * Says what the kernel found too big to hand over: it tells no more than E2BIG. Texts are
 * not shown, only their sizes and the names of variables.
 */
final class TooMuchText {

	/**
	 * The most bytes of one text, with its NUL: {@code MAX_ARG_STRLEN}, 32 pages.
	 */
	private static final int LONGEST = 32 * 4096;

	/**
	 * The most characters that are laid out for the kernel, which takes 6 MiB at most: up
	 * to three times as many bytes can still be counted and held in one block.
	 */
	private static final long MOST = 1L << 28;

	private TooMuchText() {
	}

	/**
	 * Refuse what would be too big for the kernel and for this JVM, before anything of it
	 * is copied.
	 * @param plan the plan
	 * @throws SpawnFailure as the kernel would refuse it
	 */
	static void refuse(SpawnPlan plan) throws SpawnFailure {
		if (characters(plan.programs()) + characters(plan.arguments()) + characters(plan.environment()) > MOST) {
			int errno = Errno.E2BIG.intValue();
			throw Errors.spawn(ChildStep.EXEC, errno, GuiltyArgument.of(plan, ChildStep.EXEC, 0, errno, 0));
		}
	}

	/**
	 * Each has an end and an address.
	 */
	private static long characters(List<String> texts) {
		long all = 0;
		for (String text : texts) {
			all += text.length() + 1L + Long.BYTES;
		}
		return all;
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
