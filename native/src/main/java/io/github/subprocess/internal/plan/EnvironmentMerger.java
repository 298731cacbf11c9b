// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.github.subprocess.policy.EnvironmentPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Builds the environment of a child from nothing: what may be inherited and what is given
 * along, less what is unset, then what is set. The JVM's own environment never changes,
 * so that what a list of patterns lets through is looked for once.
 */
final class EnvironmentMerger {

	/**
	 * Lists of patterns come from policies, of which there are few. Those of single
	 * launches could be many: beyond this they are matched each time.
	 */
	private static final int MOST_REMEMBERED = 256;

	private final Map<String, String> jvm;

	private final Map<List<String>, Inherited> inherited = new ConcurrentHashMap<>();

	EnvironmentMerger(Map<String, String> jvm) {
		this.jvm = Map.copyOf(jvm);
	}

	/**
	 * Return the environment of a child.
	 * @param policy what the policy says, {@code null}: nothing
	 * @param given variables for the child, less than what the policy unsets and sets
	 * @return the variables by name
	 */
	SortedMap<String, String> merge(@Nullable EnvironmentPolicy policy, Map<String, String> given) {
		List<String> patterns = (policy != null && policy.inherit() != null) ? policy.inherit() : List.of();
		List<String> unset = (policy != null && policy.unset() != null) ? policy.unset() : List.of();
		Map<String, String> set = (policy != null && policy.set() != null) ? policy.set() : Map.of();
		Inherited inherited = inherited(patterns);
		if (given.isEmpty() && unset.isEmpty() && set.isEmpty() && inherited.isEncodable()) {
			return inherited.variables();
		}
		SortedMap<String, String> environment = new TreeMap<>(inherited.variables());
		environment.putAll(given);
		for (String pattern : unset) {
			environment.keySet().removeIf(matcher(pattern));
		}
		if (!inherited.isEncodable()) {
			environment.forEach(EnvironmentMerger::checkInherited);
		}
		set.forEach((name, value) -> {
			Text.check("name of environment variable", name);
			Text.check("environment variable " + name, value);
			environment.put(name, value);
		});
		return environment;
	}

	private static void checkInherited(String name, String value) {
		if (!Text.isEncodable(value)) {
			throw new IllegalArgumentException("environment variable " + name
					+ " of the JVM is no UTF-8 and would not arrive as it is: withhold it with environment.unset");
		}
	}

	private Inherited inherited(List<String> patterns) {
		Inherited remembered = this.inherited.get(patterns);
		if (remembered != null) {
			return remembered;
		}
		SortedMap<String, String> environment = new TreeMap<>();
		for (String pattern : patterns) {
			inherit(pattern, environment);
		}
		Inherited found = new Inherited(Collections.unmodifiableSortedMap(environment),
				environment.values().stream().allMatch(Text::isEncodable));
		if (this.inherited.size() < MOST_REMEMBERED) {
			this.inherited.put(List.copyOf(patterns), found);
		}
		return found;
	}

	private void inherit(String pattern, Map<String, String> environment) {
		if (pattern.indexOf('*') < 0) {
			String value = this.jvm.get(pattern);
			if (value != null) {
				environment.put(pattern, value);
			}
			return;
		}
		Predicate<String> matcher = matcher(pattern);
		this.jvm.forEach((name, value) -> {
			if (matcher.test(name)) {
				environment.put(name, value);
			}
		});
	}

	private static Predicate<String> matcher(String pattern) {
		if (pattern.indexOf('*') < 0) {
			return pattern::equals;
		}
		return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), Pattern.DOTALL).asMatchPredicate();
	}

	/**
	 * What a list of patterns lets through.
	 *
	 * @param variables the variables of the JVM
	 * @param isEncodable whether all of them arrive as they are
	 */
	private record Inherited(SortedMap<String, String> variables, boolean isEncodable) {

	}

}
