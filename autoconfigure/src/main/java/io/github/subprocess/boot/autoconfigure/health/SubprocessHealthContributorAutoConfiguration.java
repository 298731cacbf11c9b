// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure.health;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import io.github.subprocess.boot.health.SubprocessHealthIndicator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the {@link SubprocessHealthIndicator}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SubprocessAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("subprocess")
@ConditionalOnSingleCandidate(ProcessLauncher.class)
@EnableConfigurationProperties(SubprocessHealthIndicatorProperties.class)
public final class SubprocessHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "subprocessHealthIndicator", "subprocessHealthContributor" })
	SubprocessHealthIndicator subprocessHealthContributor(ProcessLauncher processLauncher,
			SubprocessHealthIndicatorProperties properties) {
		return new SubprocessHealthIndicator(processLauncher, properties.getPatience());
	}

}
