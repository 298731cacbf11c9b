// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import io.github.subprocess.ProcessLauncher;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Applies {@link SubprocessProperties} to a launcher that is being made.
 */
final class PropertiesProcessLauncherConfigurer {

	private final SubprocessProperties properties;

	private final PropertiesProcessPolicyFactory policies;

	PropertiesProcessLauncherConfigurer(SubprocessProperties properties, PropertiesProcessPolicyFactory policies) {
		this.properties = properties;
		this.policies = policies;
	}

	void configure(ProcessLauncher.Builder builder) {
		builder.nativeLibrary(this.properties.getNativeLibrary());
		builder.recentCapacity(recentCapacity());
		builder.guardian(this.properties.isGuardian());
		builder.adoptOrphans(this.properties.isAdoptOrphans());
		builder.concurrency(PropertiesProcessPolicyFactory.concurrency(SubprocessProperties.PREFIX,
				this.properties.getConcurrency()));
		builder.defaultPolicy(this.policies.defaults(this.properties.getDefaults()));
		this.properties.getPolicy().keySet().forEach(PropertiesProcessLauncherConfigurer::checkName);
		new BasedPolicies(this.properties.getPolicy(), this.policies).make().forEach(builder::policy);
	}

	private int recentCapacity() {
		int capacity = this.properties.getRecentCapacity();
		if (capacity < 0) {
			throw new InvalidConfigurationPropertyValueException(SubprocessProperties.PREFIX + ".recent-capacity",
					capacity, "Must not be negative.");
		}
		return capacity;
	}

	private static void checkName(String name) {
		if (name.equals(ProcessLauncher.NO_POLICY)) {
			throw new InvalidConfigurationPropertyValueException(PolicyKey.of(name), null,
					"The name '" + name + "' stands for processes without a policy; give the policy another.");
		}
	}

}
