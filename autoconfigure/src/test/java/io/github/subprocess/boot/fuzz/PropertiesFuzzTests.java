// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.fuzz;

import java.io.File;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.subprocess.boot.policy.PolicyKeys;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.opentest4j.AssertionFailedError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whatever stands behind the keys, the application starts, or says which key is to blame;
 * and no value is shown that may be a secret.
 */
class PropertiesFuzzTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final String SECRET = "s3cr3t";

	/**
	 * Of the launcher; its others say whether it is there, or change the JVM for good.
	 */
	private static final List<String> KEYS_OF_THE_LAUNCHER = List.of("concurrency.limit", "concurrency.max-wait",
			"concurrency.queue", "publish-events", "recent-capacity", "recent-output-size", "native-library",
			"validate");

	@Property(seed = "20271")
	void everyKeyWithAnyValueIsTakenOrToldByName(@ForAll("keys") String key, @ForAll("values") Object value) {
		check(Map.of(key, value));
	}

	@Property(seed = "20272")
	void severalKeysAreTakenOrToldByName(@ForAll("documents") Map<String, Object> document) {
		check(document);
	}

	@Property(seed = "20273", tries = 60)
	void variablesAreNotShown(@ForAll("keysOfVariables") String key, @ForAll("secretVariables") Object secret,
			@ForAll("documents") Map<String, Object> others) {
		checkSecret(key, secret, others);
	}

	@Property(seed = "20275", tries = 60)
	void argumentsAreNotShown(@ForAll("keysOfCommands") String key, @ForAll("secretArguments") Object secret,
			@ForAll("documents") Map<String, Object> others) {
		checkSecret(key, secret, others);
	}

	@Property(seed = "20274", tries = 1)
	void nothingIsLeftOfStarts() {
		start("subprocess.defaults.umask: none");
		int threads = threads();
		int descriptors = descriptors();
		for (int i = 0; i < 10; i++) {
			start("subprocess: { guardian: true, policy: { p: { umask: none } } }");
			start("subprocess: { guardian: true, policy: { p: { umask: '0027' } } }");
		}
		await().atMost(LONG).untilAsserted(() -> {
			assertThat(threads()).isLessThan(threads + 5);
			assertThat(descriptors()).isLessThan(descriptors + 5);
		});
	}

	private static void checkSecret(String key, Object secret, Map<String, Object> others) {
		Map<String, Object> document = new LinkedHashMap<>(others);
		document.put(key, secret);
		StartOutcome outcome = start(StartOutcome.yaml(document));
		if (outcome.failure() != null) {
			assertThat(outcome.analysis()).isNotNull().doesNotContain(SECRET);
		}
	}

	private static void check(Map<String, Object> document) {
		String yaml = StartOutcome.yaml(document);
		StartOutcome outcome = start(yaml);
		if (outcome.failure() == null) {
			return;
		}
		if (outcome.analysis() == null) {
			throw new AssertionFailedError("not explained: " + yaml, outcome.failure());
		}
		// or one beside it, which it needs
		assertThat(document.keySet()
			.stream()
			.map((key) -> key.substring(0, key.lastIndexOf('.')))
			.anyMatch(outcome.analysis()::contains)).as("%s is blamed for %s", outcome.analysis(), yaml).isTrue();
	}

	private static StartOutcome start(String yaml) {
		return Assertions.assertTimeoutPreemptively(LONG, () -> StartOutcome.of(yaml), yaml);
	}

	private static int threads() {
		return Thread.getAllStackTraces().size();
	}

	private static int descriptors() {
		String[] entries = new File("/proc/self/fd").list();
		return (entries != null) ? entries.length : 0;
	}

	@Provide
	Arbitrary<String> keys() {
		List<String> keys = Stream
			.concat(Stream.of("subprocess.policy.p.", "subprocess.defaults.")
				.flatMap((prefix) -> PolicyKeys.all().stream().map(prefix::concat)),
					KEYS_OF_THE_LAUNCHER.stream().map("subprocess."::concat))
			.toList();
		return Arbitraries.of(keys);
	}

	@Provide
	Arbitrary<Object> values() {
		return KeyValues.any();
	}

	@Provide
	Arbitrary<Map<String, Object>> documents() {
		return Arbitraries.maps(keys(), values()).ofMinSize(2).ofMaxSize(8);
	}

	@Provide
	Arbitrary<String> keysOfVariables() {
		return Arbitraries.of("subprocess.policy.p.environment.set", "subprocess.policy.p.environment.set.TOKEN",
				"subprocess.defaults.environment.set");
	}

	@Provide
	Arbitrary<Object> secretVariables() {
		Arbitrary<Object> list = secretTexts().map((secret) -> List.of("x", secret));
		Arbitrary<Object> map = Combinators
			.combine(Arbitraries.of("TOKEN", "A=B", "", "a.b", "0", "x y", "[0]"),
					Arbitraries.oneOf(List.of(secretTexts(), list)))
			.as((name, secret) -> Map.of(name, secret));
		return Arbitraries.oneOf(List.of(secretTexts(), list, map));
	}

	@Provide
	Arbitrary<String> keysOfCommands() {
		return Arbitraries.of("subprocess.policy.p.command", "subprocess.defaults.command");
	}

	/** Behind the program, whose name is shown. */
	@Provide
	Arbitrary<Object> secretArguments() {
		return Combinators.combine(Arbitraries.of("/bin/true", "true", "", "/no/such", "{x}", "{"), secretTexts())
			.as((program, secret) -> List.of(program, secret));
	}

	private static Arbitrary<Object> secretTexts() {
		return Arbitraries.of("", "\0", " ", "=", "{", "{name", "{a}{b}", "${", "\ud83d\ude00", "-", "x")
			.tuple2()
			.map((around) -> around.get1() + SECRET + around.get2());
	}

}
