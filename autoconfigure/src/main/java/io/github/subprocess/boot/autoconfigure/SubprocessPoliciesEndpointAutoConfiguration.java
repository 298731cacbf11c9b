// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.actuate.endpoint.SubprocessPoliciesEndpoint;
import io.github.subprocess.boot.actuate.endpoint.SubprocessPoliciesEndpointWebExtension;

import org.springframework.beans.factory.ListableBeanFactory;
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
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the {@link SubprocessPoliciesEndpoint}. Values are shown to whom
 * the {@code subprocesses} endpoint shows them.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SubprocessAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(SubprocessPoliciesEndpoint.class)
@ConditionalOnSingleCandidate(ProcessLauncher.class)
@EnableConfigurationProperties(SubprocessesEndpointProperties.class)
public final class SubprocessPoliciesEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SubprocessPoliciesEndpoint subprocessPoliciesEndpoint(ProcessLauncher processLauncher,
			ObjectProvider<SubprocessProperties> properties, ListableBeanFactory beans, Environment environment,
			SubprocessesEndpointProperties endpoint, ObjectProvider<SanitizingFunction> sanitizingFunctions) {
		PolicyOrigins origins = new PolicyOrigins(properties.getIfAvailable(SubprocessProperties::new),
				BeanPolicies.in(beans), environment);
		return new SubprocessPoliciesEndpoint(processLauncher::policies, origins::of,
				sanitizingFunctions.orderedStream().toList(), endpoint.getShowValues());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(SubprocessPoliciesEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	SubprocessPoliciesEndpointWebExtension subprocessPoliciesEndpointWebExtension(
			SubprocessPoliciesEndpoint subprocessPoliciesEndpoint, SubprocessesEndpointProperties endpoint) {
		return new SubprocessPoliciesEndpointWebExtension(subprocessPoliciesEndpoint, endpoint.getShowValues(),
				endpoint.getRoles());
	}

}
