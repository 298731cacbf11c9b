// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.actuate.endpoint.SubprocessesEndpoint;
import io.github.subprocess.boot.actuate.endpoint.SubprocessesEndpointWebExtension;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the {@link SubprocessesEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SubprocessAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(SubprocessesEndpoint.class)
@ConditionalOnSingleCandidate(ProcessLauncher.class)
@EnableConfigurationProperties(SubprocessesEndpointProperties.class)
public final class SubprocessesEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SubprocessesEndpoint subprocessesEndpoint(ProcessLauncher processLauncher,
			SubprocessesEndpointProperties properties, ObjectProvider<SanitizingFunction> sanitizingFunctions,
			ApplicationEventPublisher publisher) {
		return new SubprocessesEndpoint(processLauncher.processes(), sanitizingFunctions.orderedStream().toList(),
				properties.getShowValues(), publisher);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(SubprocessesEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	SubprocessesEndpointWebExtension subprocessesEndpointWebExtension(SubprocessesEndpoint subprocessesEndpoint,
			SubprocessesEndpointProperties properties) {
		return new SubprocessesEndpointWebExtension(subprocessesEndpoint, properties.getShowValues(),
				properties.getRoles());
	}

}
