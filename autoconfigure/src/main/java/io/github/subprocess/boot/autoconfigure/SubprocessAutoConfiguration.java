// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Executor;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.ProcessEventPublisher;
import io.github.subprocess.boot.ProcessLauncherCustomizer;
import io.github.subprocess.boot.ProcessLauncherLifecycle;
import io.github.subprocess.boot.ProcessPolicyCustomizer;
import io.github.subprocess.boot.logging.ProcessLog;
import io.github.subprocess.event.LaunchInterceptor;
import io.github.subprocess.event.ProcessListener;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for a {@link ProcessLauncher}.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "subprocess.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SubprocessProperties.class)
public final class SubprocessAutoConfiguration {

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	ProcessLauncher processLauncher(SubprocessProperties properties, Environment environment, ListableBeanFactory beans,
			ObjectProvider<LifecycleProperties> lifecycle, ObjectProvider<ProcessListener> listeners,
			ObjectProvider<LaunchInterceptor> interceptors, ObjectProvider<ProcessLauncherCustomizer> customizers,
			ObjectProvider<ProcessPolicyCustomizer> policyCustomizers, BindingProblems binding) {
		ProcessLauncher.Builder builder = ProcessLauncher.builder();
		Duration shutdownPhase = shutdownPhase(lifecycle);
		PropertyProblems problems = binding.take();
		BeanPolicies policies = BeanPolicies.in(beans);
		new PropertiesProcessLauncherConfigurer(properties,
				new PropertiesProcessPolicyFactory(new EnvironmentVariableNames(environment), shutdownPhase, problems),
				policies, policyCustomizers.orderedStream().toList(), problems)
			.configure(builder);
		if (!problems.isEmpty()) {
			new UnmetProblems(properties, policies, environment).addTo(problems, builder);
			problems.throwIfAny();
		}
		Executor executor = CallbackExecutors.choose(beans);
		if (executor != null) {
			builder.executor(executor);
		}
		listeners.orderedStream().forEach(builder::listener);
		interceptors.orderedStream().forEach(builder::interceptor);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty("subprocess.publish-events")
	ProcessEventPublisher processEventPublisher(ApplicationEventPublisher publisher) {
		return new ProcessEventPublisher(publisher);
	}

	private static Duration shutdownPhase(ObjectProvider<LifecycleProperties> lifecycle) {
		return lifecycle.getIfAvailable(LifecycleProperties::new).getTimeoutPerShutdownPhase();
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static BindingProblems subprocessBindingProblems() {
		return new BindingProblems();
	}

	@Bean
	@ConditionalOnMissingBean
	ProcessLog subprocessLog() {
		return new ProcessLog();
	}

	@Bean
	PolicyValidation subprocessPolicyValidation(SubprocessProperties properties, BindingProblems binding,
			ObjectProvider<ProcessLauncher> launcher, ListableBeanFactory beans, Environment environment,
			ObjectProvider<LifecycleProperties> lifecycle) {
		return new PolicyValidation(properties, binding, launcher, beans, environment, shutdownPhase(lifecycle));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnSingleCandidate(ProcessLauncher.class)
	ProcessLauncherLifecycle processLauncherLifecycle(ProcessLauncher processLauncher) {
		return new ProcessLauncherLifecycle(processLauncher);
	}

}
