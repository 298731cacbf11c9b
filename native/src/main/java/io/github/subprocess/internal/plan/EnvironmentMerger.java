// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.github.subprocess.policy.EnvironmentPolicy;

/**
 * Builds the environment of a child from nothing: what may be inherited and what is given
 * along, less what is unset, then what is set.
 */
final class EnvironmentMerger {

	private EnvironmentMerger() {
	}

	static Map<String, String> merge(EnvironmentPolicy policy, Map<String, String> jvm) {
		return merge(policy, jvm, Map.of());
	}

	static Map<String, String> merge(EnvironmentPolicy policy, Map<String, String> jvm, Map<String, String> given) {
		Map<String, String> environment = new TreeMap<>();
		List<String> inherit = policy.inherit();
		if (inherit != null) {
			for (String pattern : inherit) {
				inherit(pattern, jvm, environment);
			}
		}
		environment.putAll(given);
		List<String> unset = policy.unset();
		if (unset != null) {
			unset.stream().map(EnvironmentMerger::matcher).forEach(environment.keySet()::removeIf);
		}
		Map<String, String> set = policy.set();
		if (set != null) {
			set.forEach((name, value) -> {
				Text.check("name of environment variable", name);
				Text.check("environment variable " + name, value);
				environment.put(name, value);
			});
		}
		return environment;
	}

	private static void inherit(String pattern, Map<String, String> jvm, Map<String, String> environment) {
		if (pattern.indexOf('*') < 0) {
			String value = jvm.get(pattern);
			if (value != null) {
				environment.put(pattern, value);
			}
			return;
		}
		Predicate<String> matcher = matcher(pattern);
		jvm.forEach((name, value) -> {
			if (matcher.test(name)) {
				environment.put(name, value);
			}
		});
	}

	private static Predicate<String> matcher(String pattern) {
		return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), Pattern.DOTALL).asMatchPredicate();
	}

}
