// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.subprocess.ProcessLauncher;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Finds who decides on a part of a policy: a property or a bean, of the policy itself, of
 * those that it is based on, or of the defaults.
 */
final class PolicyDecisions {

	private static final String SANDBOX = "sandbox.";

	private final SubprocessProperties properties;

	private final BeanPolicies beans;

	private final PropertyOrigins origins;

	PolicyDecisions(SubprocessProperties properties, BeanPolicies beans, Environment environment) {
		this.properties = properties;
		this.beans = beans;
		this.origins = new PropertyOrigins(environment);
	}

	/**
	 * Find who decides.
	 * @param policy the name of the policy, or what stands for none
	 * @param part the part, as properties name it
	 * @return who does, or {@code null} if neither properties nor beans do
	 */
	@Nullable Decision find(String policy, String part) {
		for (String level : levels(policy)) {
			String key = written(PolicyKey.ofLevel(level), part);
			if (key != null) {
				return new Decision(key, false);
			}
			String bean = this.beans.deciding(level, part);
			if (bean != null) {
				return new Decision(bean, true);
			}
		}
		return null;
	}

	private @Nullable String written(String level, String part) {
		String key = level + "." + part;
		if (this.origins.isWritten(key)) {
			return key;
		}
		String strict = level + "." + SANDBOX + "strict";
		return (part.startsWith(SANDBOX) && this.origins.isWritten(strict)) ? strict : null;
	}

	/**
	 * The names of the policy, of those that it is based on, and of the defaults.
	 */
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

	/**
	 * Who decides.
	 *
	 * @param name a key, or the name of a bean
	 * @param isBean whether it is a bean
	 */
	record Decision(String name, boolean isBean) {

	}

}
