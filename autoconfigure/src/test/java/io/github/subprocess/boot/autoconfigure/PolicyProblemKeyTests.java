// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.Arrays;
import java.util.List;

import io.github.subprocess.PolicyProblem;
import io.github.subprocess.ProcessLauncher;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the key that is blamed for a problem of a policy.
 */
class PolicyProblemKeyTests {

	private static final PolicyProblem PORTS = new PolicyProblem("render", "sandbox.bind-ports", "cannot be had");

	@Test
	void ownKeyBeforeThoseBeneath() {
		assertThat(blame(List.of(PORTS), "policy.render.base=b", "policy.render.sandbox.bind-ports=1",
				"policy.b.sandbox.bind-ports=1", "defaults.sandbox.bind-ports=1"))
			.containsExactly("policy.render.sandbox.bind-ports");
		assertThat(blame(List.of(PORTS), "policy.render.base=b", "policy.b.sandbox.bind-ports=1",
				"defaults.sandbox.bind-ports=1"))
			.containsExactly("policy.b.sandbox.bind-ports");
	}

	@Test
	void strictSandboxForItsParts() {
		assertThat(blame(List.of(PORTS), "policy.render.sandbox.strict=true", "defaults.sandbox.network=none"))
			.containsExactly("policy.render.sandbox.strict");
	}

	@Test
	void defaultsOnceForAllPolicies() {
		PolicyProblem ofDefaults = new PolicyProblem(ProcessLauncher.NO_POLICY, PORTS.part(), PORTS.reason());
		assertThat(blame(List.of(ofDefaults, PORTS), "policy.render.base=render", "defaults.sandbox.bind-ports=1"))
			.containsExactly("defaults.sandbox.bind-ports");
	}

	@Test
	void ownKeyForWhatIsWrittenNowhere() {
		assertThat(blame(List.of(PORTS), "policy.render.umask=0027"))
			.containsExactly("policy.render.sandbox.bind-ports");
	}

	@Test
	void ownKeyForAPolicyThatTheApplicationAdds() {
		assertThat(blame(List.of(PORTS))).containsExactly("policy.render.sandbox.bind-ports");
	}

	private static List<String> blame(List<PolicyProblem> problems, String... written) {
		MockEnvironment environment = new MockEnvironment();
		Arrays.stream(written)
			.map((property) -> property.split("=", -1))
			.forEach((pair) -> environment.setProperty(SubprocessProperties.PREFIX + "." + pair[0], pair[1]));
		ConfigurationPropertySources.attach(environment);
		SubprocessProperties properties = Binder.get(environment)
			.bindOrCreate(SubprocessProperties.PREFIX, SubprocessProperties.class);
		return new PolicyProblemKey(properties, BeanPolicies.none(), environment).blame(problems)
			.stream()
			.map((problem) -> problem.key().substring(SubprocessProperties.PREFIX.length() + 1))
			.toList();
	}

}
