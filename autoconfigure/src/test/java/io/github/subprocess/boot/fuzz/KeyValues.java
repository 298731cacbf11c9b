// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.fuzz;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * What somebody may write behind a key: what it wants, nearly that, or anything else that
 * YAML knows.
 */
final class KeyValues {

	private static final List<String> WORDS = List.of("", " ", "5s", "-1ms", "PT1S", "PT-1S", "3 parsecs", "0", "-1",
			"1e9", "NaN", "0x10", "0027", "9223372036854775808", "64MB", "-64MB", "2TB", "9223372036854775807TB",
			"unlimited", "10:20", "20:10", "term", "TERM", "sigterm", "kill", "inherit", "none", "of-user", "inherited",
			"new-session", "process-group", "vfork", "fork", "posix-spawn", "true", "yes", "/", "/tmp", "/no/such/path",
			"relative", "../..", "*", "root", "ghost", "${no.such.key}", "${", "#{1/0}", "${:x}", "p", "other", "null",
			"A=B", "1,7", "2", "7", "65536", "stdout", "capture", "discard", "log", "file", "merge", "tree", "group",
			"process", "{name}", "{", "memory", "network");

	private KeyValues() {
	}

	static Arbitrary<Object> any() {
		Arbitrary<Object> scalar = scalar();
		Arbitrary<Object> list = scalar.list().ofMaxSize(4).map((values) -> (Object) values);
		Arbitrary<Object> map = Arbitraries.maps(names(), Arbitraries.oneOf(List.of(scalar, list)))
			.ofMaxSize(3)
			.map((values) -> (Object) new LinkedHashMap<>(values));
		return Arbitraries.frequencyOf(Tuple.of(6, scalar), Tuple.of(3, list), Tuple.of(2, map));
	}

	static Arbitrary<Object> scalar() {
		return Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.of(WORDS)), Tuple.of(2, text()),
				Tuple.of(2, Arbitraries.integers().map((number) -> (Object) number)),
				Tuple.of(1, Arbitraries.integers().between(-3, 300).map((number) -> (Object) number)),
				Tuple.of(1, Arbitraries.longs().map((number) -> (Object) number)),
				Tuple.of(1, Arbitraries.doubles().map((number) -> (Object) number)),
				Tuple.of(1, Arbitraries.of(true, false)),
				Tuple.of(1,
						Arbitraries.bigIntegers()
							.between(BigInteger.ONE.negate().shiftLeft(70), BigInteger.ONE.shiftLeft(70))
							.map((number) -> (Object) number)));
	}

	/** YAML takes no halves of surrogate pairs. */
	private static Arbitrary<Object> text() {
		return Arbitraries.strings()
			.all()
			.ofMaxLength(40)
			.filter((text) -> text.codePoints()
				.noneMatch((point) -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE))
			.map((text) -> (Object) text);
	}

	private static Arbitrary<String> names() {
		return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.of("a", "7", "3", "NAME", "A=B", "a.b", "a[0]", "x-y")),
				Tuple.of(1, Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(10)));
	}

}
