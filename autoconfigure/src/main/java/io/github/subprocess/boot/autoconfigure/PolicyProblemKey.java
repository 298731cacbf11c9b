// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.subprocess.PolicyProblem;
import io.github.subprocess.ProcessLauncher;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Finds the key that is to blame for a problem of a policy: its own, or one of those that
 * it is based on, or of the defaults.
 */
final class PolicyProblemKey {

	private static final String SANDBOX = "sandbox.";

	private final SubprocessProperties properties;

	private final PropertyOrigins origins;

	PolicyProblemKey(SubprocessProperties properties, Environment environment) {
		this.properties = properties;
		this.origins = new PropertyOrigins(environment);
	}

	/**
	 * Blame keys for problems.
	 * @param problems the problems of policies
	 * @return the problems of properties, each once however many policies have it
	 */
	List<PropertyProblem> blame(List<PolicyProblem> problems) {
		return problems.stream()
			.map((problem) -> PropertyProblem.unmet(key(problem), StringUtils.capitalize(problem.reason()) + "."))
			.distinct()
			.sorted(Comparator.comparing(PropertyProblem::key))
			.toList();
	}

	private String key(PolicyProblem problem) {
		List<String> candidates = new ArrayList<>();
		for (String level : levels(problem.policy())) {
			candidates.add(level + "." + problem.part());
			if (problem.part().startsWith(SANDBOX)) {
				candidates.add(level + "." + SANDBOX + "strict");
			}
		}
		return candidates.stream().filter(this.origins::isWritten).findFirst().orElse(candidates.get(0));
	}

	private Set<String> levels(String policy) {
		Set<String> levels = new LinkedHashSet<>();
		if (!policy.equals(ProcessLauncher.NO_POLICY)) {
			levels.add(PolicyKey.of(policy));
		}
		PolicyProperties own = this.properties.getPolicy().get(policy);
		String base = (own != null) ? own.getBase() : null;
		while (base != null && levels.add(PolicyKey.of(base))) {
			PolicyProperties beneath = this.properties.getPolicy().get(base);
			base = (beneath != null) ? beneath.getBase() : null;
		}
		levels.add(PolicyKey.DEFAULTS);
		return levels;
	}

}
