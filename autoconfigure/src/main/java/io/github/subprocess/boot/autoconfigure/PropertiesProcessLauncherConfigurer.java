// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.List;
import java.util.Map;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.ProcessPolicyCustomizer;
import io.github.subprocess.policy.ProcessPolicy;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Applies {@link SubprocessProperties} to a launcher that is being made.
 */
final class PropertiesProcessLauncherConfigurer {

	private static final DataSize LARGEST_RECENT_OUTPUT = DataSize.ofMegabytes(1);

	private final SubprocessProperties properties;

	private final PropertiesProcessPolicyFactory policies;

	private final BeanPolicies beans;

	private final List<ProcessPolicyCustomizer> customizers;

	private final PropertyProblems problems;

	PropertiesProcessLauncherConfigurer(SubprocessProperties properties, PropertiesProcessPolicyFactory policies,
			BeanPolicies beans, List<ProcessPolicyCustomizer> customizers, PropertyProblems problems) {
		this.properties = properties;
		this.policies = policies;
		this.beans = beans;
		this.customizers = customizers;
		this.problems = problems;
	}

	void configure(ProcessLauncher.Builder builder) {
		builder.nativeLibrary(this.properties.getNativeLibrary());
		builder.recentCapacity(recentCapacity());
		builder.recentOutput(recentOutputBytes());
		builder.guardian(this.properties.isGuardian());
		builder.adoptOrphans(this.properties.isAdoptOrphans());
		builder.concurrency(this.policies.concurrency(SubprocessProperties.PREFIX, this.properties.getConcurrency()));
		builder.defaultPolicy(defaults());
		Map<String, ProcessPolicy> ofBeans = this.beans.byName(this.problems);
		new BasedPolicies(this.properties.getPolicy(), ofBeans, this.policies, this.problems).make()
			.forEach((name, policy) -> {
				if (isAllowed(name)) {
					builder.policy(name, customize(name, policy));
				}
			});
	}

	private ProcessPolicy defaults() {
		ProcessPolicy customized = customize(ProcessLauncher.NO_POLICY,
				this.policies.defaults(this.properties.getDefaults()));
		Assert.state(customized.command() == null,
				"A ProcessPolicyCustomizer must not give a command to the defaults, which hold for every process");
		return customized;
	}

	private ProcessPolicy customize(String name, ProcessPolicy policy) {
		ProcessPolicy customized = policy;
		for (ProcessPolicyCustomizer customizer : this.customizers) {
			customized = customizer.customize(name, customized);
			Assert.state(customized != null,
					() -> "ProcessPolicyCustomizer returned no policy for '" + name + "': " + customizer);
		}
		return customized;
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

	private int recentOutputBytes() {
		DataSize size = this.properties.getRecentOutputSize();
		if (size.toBytes() < 0 || size.compareTo(LARGEST_RECENT_OUTPUT) > 0) {
			this.problems.addInvalid(SubprocessProperties.PREFIX + ".recent-output-size", size,
					"Must be between 0 and 1MB.");
			return 0;
		}
		return (int) size.toBytes();
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
