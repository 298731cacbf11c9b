// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.nio.file.Path;
import java.util.Set;

import io.github.subprocess.boot.ProcessLauncherCustomizer;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.CgroupPolicy;
import io.github.subprocess.policy.ProcessPolicy;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Adds a policy whose cgroup is refused everywhere, and can be done without.
 */
@TestConfiguration(proxyBeanMethods = false)
class RefusedCgroup {

	@Bean
	ProcessLauncherCustomizer refusedCgroupCustomizer() {
		return (builder) -> builder.policy("refused-cgroup",
				ProcessPolicy.undecided()
					.withCommand("sleep", "300")
					.withCgroup(CgroupPolicy.joining(Path.of("/no/such/cgroup")))
					.withBestEffort(Set.of(Attribute.CGROUP)));
	}

}
