// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.time.Duration;

import io.github.subprocess.boot.ProcessLauncherCustomizer;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.LimitsPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.Resource;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.policy.TerminationScope;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Programs that get into trouble, and no further than the machine can bear.
 */
@TestConfiguration(proxyBeanMethods = false)
class IncidentPolicies {

	private static final DeadlinesPolicy TEN_MINUTES = DeadlinesPolicy.undecided().withWall(Duration.ofMinutes(10));

	/**
	 * Multiplies until it is sixty.
	 */
	@Bean
	ProcessLauncherCustomizer swarmCustomizer() {
		return (builder) -> builder.policy("swarm",
				ProcessPolicy.undecided()
					.withCommand("sh", "-c", "i=0; while [ $i -lt 60 ]; do sleep 600 & i=$((i + 1)); done; wait")
					.withDeadlines(TEN_MINUTES));
	}

	/**
	 * Takes 160 MB of the 400 MB that each of its processes may address.
	 */
	@Bean
	ProcessLauncherCustomizer hogCustomizer() {
		return (builder) -> builder.policy("hog",
				ProcessPolicy.undecided()
					.withCommand("sh", "-c", "(head -c 160000000 /dev/zero; sleep 600) | tail -c 160000000")
					.withDeadlines(TEN_MINUTES)
					.withLimits(LimitsPolicy.undecided().withResource(Resource.ADDRESS_SPACE, Limit.of(400_000_000))));
	}

	/**
	 * Is not there.
	 */
	@Bean
	ProcessLauncherCustomizer missingBinaryCustomizer() {
		return (builder) -> builder.policy("missing-binary",
				ProcessPolicy.undecided().withCommand("/no/such/converter").withDeadlines(TEN_MINUTES));
	}

	/**
	 * Leaves a daemon behind that nobody adopts, and that ends after a while.
	 */
	@Bean
	ProcessLauncherCustomizer deserterCustomizer() {
		return (builder) -> builder.policy("deserter",
				ProcessPolicy.undecided()
					.withCommand("sh", "-c", "setsid sh -c 'sleep 20 & echo gone' & wait; exec sleep 600")
					.withDeadlines(TEN_MINUTES)
					.withTermination(TerminationPolicy.undecided().withScope(TerminationScope.TREE)));
	}

}
