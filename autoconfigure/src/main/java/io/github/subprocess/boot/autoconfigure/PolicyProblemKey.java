// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.Comparator;
import java.util.List;

import io.github.subprocess.PolicyProblem;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Finds the key, or the bean, that is to blame for a problem of a policy: its own, or one
 * of those that it is based on, or of the defaults.
 */
final class PolicyProblemKey {

	private final PolicyDecisions decisions;

	PolicyProblemKey(SubprocessProperties properties, BeanPolicies beans, Environment environment) {
		this.decisions = new PolicyDecisions(properties, beans, environment);
	}

	/**
	 * Blame keys for problems.
	 * @param problems the problems of policies
	 * @return the problems of properties, each once however many policies have it
	 */
	List<PropertyProblem> blame(List<PolicyProblem> problems) {
		return problems.stream()
			.map(this::blame)
			.distinct()
			.sorted(Comparator.comparing(PropertyProblem::key))
			.toList();
	}

	private PropertyProblem blame(PolicyProblem problem) {
		String part = problem.part();
		String reason = StringUtils.capitalize(problem.reason()) + ".";
		PolicyDecisions.Decision decision = this.decisions.find(problem.policy(), part);
		if (decision == null) {
			return PropertyProblem.unmet(PolicyKey.ofLevel(problem.policy()) + "." + part, reason);
		}
		return decision.isBean() ? PropertyProblem.unmetBean(decision.name(), part, reason)
				: PropertyProblem.unmet(decision.name(), reason);
	}

}
