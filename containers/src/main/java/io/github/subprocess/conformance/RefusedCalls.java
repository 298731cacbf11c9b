// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.conformance;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/**
 * Which system calls are refused, asked of the kernel itself: each is called so that it
 * would fail in another way, or do nothing, if it was there.
 */
final class RefusedCalls {

	private static final int EPERM = 1;

	private static final int ENOSYS = 38;

	/**
	 * Their numbers, which are the same on all architectures, and first arguments.
	 * {@code landlock_restrict_self} is not asked: it fails with EPERM of its own.
	 */
	private static final Map<String, long[]> CALLS = new TreeMap<>(Map.of("pidfd_open", new long[] { 434, -1 },
			"clone3", new long[] { 435, 0 }, "close_range", new long[] { 436, 1 }, "landlock_create_ruleset",
			new long[] { 444, 0 }, "landlock_add_rule", new long[] { 445, -1 }));

	private RefusedCalls() {
	}

	static String describe() {
		SystemCalls calls = LibraryLoader.create(SystemCalls.class).load("c");
		return "calls: " + CALLS.entrySet()
			.stream()
			.map((call) -> call.getKey() + ":" + answer(calls, call.getValue()))
			.collect(Collectors.joining(" "));
	}

	private static String answer(SystemCalls calls, long[] call) {
		if (calls.syscall(call[0], call[1], 0, 0, 0, 0) >= 0) {
			return "there";
		}
		return switch (Runtime.getRuntime(calls).getLastError()) {
			case ENOSYS -> "ENOSYS";
			case EPERM -> "EPERM";
			default -> "there";
		};
	}

	/**
	 * The function of the C library.
	 */
	public interface SystemCalls {

		long syscall(long number, long first, long second, long third, long fourth, long fifth);

	}

}
