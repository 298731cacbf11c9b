// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.subprocess.PolicyProblem;
import io.github.subprocess.ProcessLauncher;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Finds the key, or the bean, that is to blame for a problem of a policy: its own, or one
 * of those that it is based on, or of the defaults.
 */
final class PolicyProblemKey {

	private static final String SANDBOX = "sandbox.";

	private final SubprocessProperties properties;

	private final BeanPolicies beans;

	private final PropertyOrigins origins;

	PolicyProblemKey(SubprocessProperties properties, BeanPolicies beans, Environment environment) {
		this.properties = properties;
		this.beans = beans;
		this.origins = new PropertyOrigins(environment);
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
		for (String level : levels(problem.policy())) {
			String key = written(PolicyKey.ofLevel(level), part);
			if (key != null) {
				return PropertyProblem.unmet(key, reason);
			}
			String bean = this.beans.deciding(level, part);
			if (bean != null) {
				return PropertyProblem.unmetBean(bean, part, reason);
			}
		}
		return PropertyProblem.unmet(PolicyKey.ofLevel(problem.policy()) + "." + part, reason);
	}

	private @Nullable String written(String level, String part) {
		String key = level + "." + part;
		if (this.origins.isWritten(key)) {
			return key;
		}
		String strict = level + "." + SANDBOX + "strict";
		return (part.startsWith(SANDBOX) && this.origins.isWritten(strict)) ? strict : null;
	}

	/** The names of the policy, of those that it is based on, and of the defaults. */
	private Set<String> levels(String policy) {
		Set<String> levels = new LinkedHashSet<>();
		String level = policy;
		while (level != null && levels.add(level)) {
			PolicyProperties properties = this.properties.getPolicy().get(level);
			level = (properties != null) ? properties.getBase() : null;
		}
		levels.add(ProcessLauncher.NO_POLICY);
		return levels;
	}

}
