// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.subprocess.policy.ProcessPolicy;

/**
 * Puts policies on top of those that they are based on.
 */
final class BasedPolicies {

	private final Map<String, PolicyProperties> properties;

	private final Map<String, ProcessPolicy> beans;

	private final PropertiesProcessPolicyFactory factory;

	private final PropertyProblems problems;

	private final Map<String, ProcessPolicy> made = new LinkedHashMap<>();

	BasedPolicies(Map<String, PolicyProperties> properties, Map<String, ProcessPolicy> beans,
			PropertiesProcessPolicyFactory factory, PropertyProblems problems) {
		this.properties = properties;
		this.beans = beans;
		this.factory = factory;
		this.problems = problems;
	}

	/**
	 * Make all policies, of properties and of beans.
	 * @return the policies by name, without the defaults beneath them
	 */
	Map<String, ProcessPolicy> make() {
		names().forEach((name) -> make(name, new LinkedHashSet<>()));
		return this.made;
	}

	private Set<String> names() {
		Set<String> names = new LinkedHashSet<>(this.properties.keySet());
		names.addAll(this.beans.keySet());
		return names;
	}

	private ProcessPolicy make(String name, Set<String> above) {
		ProcessPolicy known = this.made.get(name);
		if (known != null) {
			return known;
		}
		above.add(name);
		ProcessPolicy bean = this.beans.getOrDefault(name, ProcessPolicy.undecided());
		PolicyProperties own = this.properties.get(name);
		ProcessPolicy policy = (own != null) ? this.factory.policy(name, own).orElse(bean) : bean;
		String base = (own != null) ? own.getBase() : null;
		if (base != null && isBase(name, base, above)) {
			policy = policy.orElse(make(base, above));
		}
		this.made.put(name, policy);
		return policy;
	}

	private boolean isBase(String name, String base, Set<String> above) {
		Set<String> others = new TreeSet<>(names());
		if (!others.contains(base)) {
			others.remove(name);
			addProblem(name, base, "There is no policy of that name"
					+ (others.isEmpty() ? "." : ". Known are: " + String.join(", ", others) + "."));
			return false;
		}
		if (above.contains(base)) {
			addProblem(name, base, "Policies are based on each other in a circle: " + String.join(" -> ", above)
					+ " -> " + base + ".");
			return false;
		}
		return true;
	}

	private void addProblem(String name, String base, String reason) {
		this.problems.addInvalid(PolicyKey.of(name) + ".base", base, reason);
	}

}
