// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import io.github.subprocess.ProcessLauncher;

/**
 * Applies {@link SubprocessProperties} to a launcher that is being made.
 */
final class PropertiesProcessLauncherConfigurer {

	private final SubprocessProperties properties;

	private final PropertiesProcessPolicyFactory policies;

	private final PropertyProblems problems;

	PropertiesProcessLauncherConfigurer(SubprocessProperties properties, PropertiesProcessPolicyFactory policies,
			PropertyProblems problems) {
		this.properties = properties;
		this.policies = policies;
		this.problems = problems;
	}

	void configure(ProcessLauncher.Builder builder) {
		builder.nativeLibrary(this.properties.getNativeLibrary());
		builder.recentCapacity(recentCapacity());
		builder.guardian(this.properties.isGuardian());
		builder.adoptOrphans(this.properties.isAdoptOrphans());
		builder.concurrency(this.policies.concurrency(SubprocessProperties.PREFIX, this.properties.getConcurrency()));
		builder.defaultPolicy(this.policies.defaults(this.properties.getDefaults()));
		new BasedPolicies(this.properties.getPolicy(), this.policies, this.problems).make().forEach((name, policy) -> {
			if (isAllowed(name)) {
				builder.policy(name, policy);
			}
		});
	}

	private int recentCapacity() {
		int capacity = this.properties.getRecentCapacity();
		if (capacity < 0) {
			this.problems.addInvalid(SubprocessProperties.PREFIX + ".recent-capacity", capacity,
					"Must not be negative.");
			return 0;
		}
		return capacity;
	}

	private boolean isAllowed(String name) {
		if (name.equals(ProcessLauncher.NO_POLICY)) {
			this.problems.addInvalid(PolicyKey.of(name), null,
					"The name '" + name + "' stands for processes without a policy; give the policy another.");
			return false;
		}
		return true;
	}

}
