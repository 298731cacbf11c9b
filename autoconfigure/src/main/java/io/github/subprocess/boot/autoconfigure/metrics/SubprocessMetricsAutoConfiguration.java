// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure.metrics;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import io.github.subprocess.boot.metrics.LiveProcessMetrics;
import io.github.subprocess.boot.metrics.SubprocessMetrics;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the meters of processes. The listener knows no launcher, since
 * the launcher is made with its listeners; the gauges are bound to the launcher
 * afterwards.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SubprocessAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnSingleCandidate(ProcessLauncher.class)
public final class SubprocessMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SubprocessMetrics subprocessMetrics() {
		return new SubprocessMetrics();
	}

	@Bean
	@ConditionalOnMissingBean
	LiveProcessMetrics liveProcessMetrics(ProcessLauncher processLauncher) {
		return new LiveProcessMetrics(processLauncher);
	}

}
