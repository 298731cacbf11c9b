// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * Texts that somebody may hand to a program, and some that nobody can.
 */
final class Texts {

	/**
	 * The longest text that the kernel hands to a program, with its NUL
	 * ({@code MAX_ARG_STRLEN}).
	 */
	static final int LONGEST = 32 * 4096;

	private Texts() {
	}

	/**
	 * Every character that a string can hold, halves of pairs and NUL among them.
	 */
	static Arbitrary<String> any() {
		return Arbitraries.frequencyOf(Tuple.of(6, text(20)), Tuple.of(2, text(500)),
				Tuple.of(2, Arbitraries.strings().all().ofMaxLength(30)), Tuple.of(1, huge()));
	}

	/**
	 * Texts that can be handed to a program.
	 */
	static Arbitrary<String> possible() {
		return any().filter((text) -> isPossible(text) && text.length() < LONGEST / 4);
	}

	/** Whole characters of every plane, and now and then what looks like syntax. */
	private static Arbitrary<String> text(int longest) {
		IntPredicate whole = (point) -> point != 0
				&& (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
		Arbitrary<Integer> points = Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.integers().between(1, 127)),
				Tuple.of(1,
						Arbitraries.of('$', '*', '%', '=', '"', '\'', '\\', '\n', '/', '-', '{', '}')
							.map((c) -> (int) c)),
				Tuple.of(2, Arbitraries.integers().between(128, Character.MAX_CODE_POINT).filter(whole::test)));
		return points.list().ofMaxSize(longest).map((list) -> {
			StringBuilder text = new StringBuilder();
			list.forEach(text::appendCodePoint);
			return text.toString();
		});
	}

	/** Around what the kernel takes, in characters of one byte and of three. */
	private static Arbitrary<String> huge() {
		Arbitrary<Integer> around = Arbitraries.integers().between(-3, 3).map((more) -> LONGEST + more);
		return Arbitraries.oneOf(around.map("x"::repeat), around.map((size) -> "\u20ac".repeat(size / 3)),
				Arbitraries.of(500_000, 3_000_000).map("y"::repeat));
	}

	static boolean isPossible(String text) {
		return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
	}

	static int size(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length + 1;
	}

}
