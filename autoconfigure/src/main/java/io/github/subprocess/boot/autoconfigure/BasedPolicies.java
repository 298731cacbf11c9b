// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.subprocess.policy.ProcessPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Puts policies on top of those that they are based on.
 */
final class BasedPolicies {

	private final Map<String, PolicyProperties> properties;

	private final PropertiesProcessPolicyFactory factory;

	private final PropertyProblems problems;

	private final Map<String, ProcessPolicy> made = new LinkedHashMap<>();

	BasedPolicies(Map<String, PolicyProperties> properties, PropertiesProcessPolicyFactory factory,
			PropertyProblems problems) {
		this.properties = properties;
		this.factory = factory;
		this.problems = problems;
	}

	/**
	 * Make all policies.
	 * @return the policies by name, without the defaults beneath them
	 */
	Map<String, ProcessPolicy> make() {
		this.properties.forEach((name, own) -> make(name, own, new LinkedHashSet<>()));
		return this.made;
	}

	private ProcessPolicy make(String name, PolicyProperties own, Set<String> above) {
		ProcessPolicy known = this.made.get(name);
		if (known != null) {
			return known;
		}
		above.add(name);
		ProcessPolicy policy = this.factory.policy(name, own);
		String base = own.getBase();
		if (base != null) {
			PolicyProperties beneath = find(name, base, above);
			policy = (beneath != null) ? policy.orElse(make(base, beneath, above)) : policy;
		}
		this.made.put(name, policy);
		return policy;
	}

	private @Nullable PolicyProperties find(String name, String base, Set<String> above) {
		PolicyProperties properties = this.properties.get(base);
		if (properties == null) {
			Set<String> others = new TreeSet<>(this.properties.keySet());
			others.remove(name);
			addProblem(name, base, "There is no policy of that name"
					+ (others.isEmpty() ? "." : ". Known are: " + String.join(", ", others) + "."));
			return null;
		}
		if (above.contains(base)) {
			addProblem(name, base, "Policies are based on each other in a circle: " + String.join(" -> ", above)
					+ " -> " + base + ".");
			return null;
		}
		return properties;
	}

	private void addProblem(String name, String base, String reason) {
		this.problems.addInvalid(PolicyKey.of(name) + ".base", base, reason);
	}

}
