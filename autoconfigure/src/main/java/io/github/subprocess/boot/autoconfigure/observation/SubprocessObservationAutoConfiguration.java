// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure.observation;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import io.github.subprocess.boot.observation.SubprocessObservationConvention;
import io.github.subprocess.boot.observation.SubprocessObservations;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for observations of launches.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SubprocessAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnSingleCandidate(ProcessLauncher.class)
public final class SubprocessObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SubprocessObservations subprocessObservations(ObservationRegistry observationRegistry,
			ObjectProvider<SubprocessObservationConvention> convention) {
		return new SubprocessObservations(observationRegistry, convention.getIfAvailable());
	}

}
