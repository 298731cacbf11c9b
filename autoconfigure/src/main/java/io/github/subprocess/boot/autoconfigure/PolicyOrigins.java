// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Values of policies come from where properties were written, or from beans.
 */
final class PolicyOrigins {

	private final PolicyDecisions decisions;

	private final PropertyOrigins origins;

	PolicyOrigins(SubprocessProperties properties, BeanPolicies beans, Environment environment) {
		this.decisions = new PolicyDecisions(properties, beans, environment);
		this.origins = new PropertyOrigins(environment);
	}

	/**
	 * Return where a value comes from.
	 * @param policy the name of the policy
	 * @param key its key below the policy
	 * @return a file with line and column, a bean, or {@code null}: it is written nowhere
	 */
	@Nullable String of(String policy, String key) {
		PolicyDecisions.Decision decision = this.decisions.find(policy, key);
		if (decision == null) {
			return null;
		}
		return decision.isBean() ? "bean '" + decision.name() + "'"
				: this.origins.of(decision.name()).map(Origin::toString).orElse(decision.name());
	}

}
