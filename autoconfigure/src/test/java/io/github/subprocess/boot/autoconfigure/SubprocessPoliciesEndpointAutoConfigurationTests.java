// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.NamedProcessPolicy;
import io.github.subprocess.boot.ProcessPolicyCustomizer;
import io.github.subprocess.boot.actuate.endpoint.PolicyValueDescriptor;
import io.github.subprocess.boot.actuate.endpoint.SubprocessPoliciesEndpoint;
import io.github.subprocess.boot.actuate.endpoint.SubprocessPoliciesEndpointWebExtension;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SubprocessPoliciesEndpointAutoConfiguration}.
 */
class SubprocessPoliciesEndpointAutoConfigurationTests {

	private static final String YAML = """
			subprocess:
			  defaults:
			    deadlines.wall: 1m
			  policy:
			    base:
			      command: [cat, secret.txt]
			      limits.open-files: 64
			      environment.set.TOKEN: t0p
			    convert:
			      base: base
			      umask: '0027'
			""";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class, SubprocessAutoConfiguration.class,
				SubprocessPoliciesEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=*",
				"management.endpoints.jmx.exposure.include=*");

	@Test
	void eachValueHasTheOriginOfThatWhichDecides() {
		this.runner.withInitializer(SubprocessPoliciesEndpointAutoConfigurationTests::addYaml).run((context) -> {
			Map<String, PolicyValueDescriptor> values = values(context, "convert");
			assertThat(values.get("umask").value()).isEqualTo("0027");
			assertThat(values.get("umask").origin()).endsWith("11:14");
			assertThat(values.get("limits.open-files").value()).isEqualTo("64");
			assertThat(values.get("limits.open-files").origin()).endsWith("7:26");
			assertThat(values.get("deadlines.wall").value()).isEqualTo("PT1M");
			assertThat(values.get("deadlines.wall").origin()).endsWith("3:21");
			assertThat(values.get("session").value()).isEqualTo("new-session");
			assertThat(values.get("session").origin()).isEqualTo("built-in");
			assertThat(values.get("deadlines.drain").origin()).isEqualTo("built-in");
		});
	}

	@Test
	void secretsAreNotShown() {
		this.runner.withInitializer(SubprocessPoliciesEndpointAutoConfigurationTests::addYaml).run((context) -> {
			Map<String, PolicyValueDescriptor> values = values(context, "base");
			assertThat(values.get("command").value()).isEqualTo(List.of("cat", "******"));
			assertThat(values.get("environment.set.TOKEN").value()).isEqualTo("******");
		});
	}

	@Test
	void argumentsOfCommandsAreShownWhereConfigured() {
		this.runner.withInitializer(SubprocessPoliciesEndpointAutoConfigurationTests::addYaml)
			.withPropertyValues("management.endpoint.subprocesses.show-values=always")
			.run((context) -> {
				Map<String, PolicyValueDescriptor> values = values(context, "base");
				assertThat(values.get("command").value()).isEqualTo(List.of("cat", "secret.txt"));
				assertThat(values.get("environment.set.TOKEN").value()).isEqualTo("******");
			});
	}

	@Test
	void beansAndCustomizersAreOrigins() {
		this.runner.withUserConfiguration(Policies.class).run((context) -> {
			Map<String, PolicyValueDescriptor> values = values(context, "render");
			assertThat(values.get("command").origin()).isEqualTo("bean 'renderPolicy'");
			assertThat(values.get("deadlines.wall").origin()).isEqualTo("customizer");
		});
	}

	@Test
	void allPoliciesAreListed() {
		this.runner.withInitializer(SubprocessPoliciesEndpointAutoConfigurationTests::addYaml)
			.run((context) -> assertThat(
					context.getBean(SubprocessPoliciesEndpoint.class).policies().policies().keySet())
				.containsExactly("base", "convert"));
	}

	@Test
	void thereIsNoneOfAnotherName() {
		this.runner
			.run((context) -> assertThat(context.getBean(SubprocessPoliciesEndpoint.class).policy("x")).isNull());
	}

	@Test
	void backsOffWhereItIsNotExposedOrNotWanted() {
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.exclude=subprocesspolicies",
					"management.endpoints.jmx.exposure.exclude=subprocesspolicies")
			.run((context) -> assertThat(context).doesNotHaveBean(SubprocessPoliciesEndpoint.class));
		this.runner.withPropertyValues("management.endpoint.subprocesspolicies.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(SubprocessPoliciesEndpoint.class));
		this.runner.withPropertyValues("subprocess.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SubprocessPoliciesEndpoint.class)
				.doesNotHaveBean(ProcessLauncher.class));
	}

	@Test
	void theWebHasAnExtension() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class, SubprocessAutoConfiguration.class,
					SubprocessPoliciesEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=subprocesspolicies")
			.run((context) -> assertThat(context).hasSingleBean(SubprocessPoliciesEndpointWebExtension.class));
	}

	private static Map<String, PolicyValueDescriptor> values(ApplicationContext context, String policy) {
		return context.getBean(SubprocessPoliciesEndpoint.class).policy(policy).values();
	}

	private static void addYaml(ConfigurableApplicationContext context) {
		try {
			new YamlPropertySourceLoader().load("yaml", new ByteArrayResource(YAML.getBytes(StandardCharsets.UTF_8)))
				.forEach(context.getEnvironment().getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Policies {

		@Bean
		NamedProcessPolicy renderPolicy() {
			return new NamedProcessPolicy("render", ProcessPolicy.undecided().withCommand("true"));
		}

		@Bean
		ProcessPolicyCustomizer wall() {
			return (name, policy) -> policy
				.withDeadlines(DeadlinesPolicy.undecided().withWall(Duration.ofSeconds(3)).orElse(policy.deadlines()));
		}

	}

}
