// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.List;

import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.boot.actuate.endpoint.SubprocessDescriptor;
import io.github.subprocess.boot.actuate.endpoint.SubprocessesEndpoint;
import io.github.subprocess.boot.actuate.endpoint.SubprocessesEndpointWebExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SubprocessesEndpointAutoConfiguration}.
 */
@Timeout(60)
class SubprocessesEndpointAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(SubprocessAutoConfiguration.class, SubprocessesEndpointAutoConfiguration.class));

	private final ApplicationContextRunner exposedRunner = this.contextRunner
		.withPropertyValues("management.endpoints.web.exposure.include=subprocesses");

	@Test
	void endpointIsThereWhenExposed() {
		this.exposedRunner.run((context) -> assertThat(context).hasSingleBean(SubprocessesEndpoint.class)
			.hasSingleBean(SubprocessesEndpointWebExtension.class));
	}

	@Test
	void backsOffWhenNotExposed() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(SubprocessesEndpoint.class)
			.doesNotHaveBean(SubprocessesEndpointWebExtension.class));
	}

	@Test
	void backsOffWithoutAccess() {
		this.exposedRunner.withPropertyValues("management.endpoint.subprocesses.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(SubprocessesEndpoint.class));
	}

	@Test
	void hasNoWebExtensionWhenExposedOverJmxAlone() {
		this.contextRunner
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=subprocesses")
			.run((context) -> assertThat(context).hasSingleBean(SubprocessesEndpoint.class)
				.doesNotHaveBean(SubprocessesEndpointWebExtension.class));
	}

	@Test
	void backsOffWithoutLauncher() {
		this.exposedRunner.withPropertyValues("subprocess.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SubprocessesEndpoint.class));
	}

	@Test
	void backsOffForAnEndpointOfTheApplication() {
		SubprocessesEndpoint own = new SubprocessesEndpoint(mock(ProcessRegistry.class), List.of(), Show.NEVER,
				(event) -> {
				});
		this.exposedRunner.withBean("own", SubprocessesEndpoint.class, () -> own)
			.run((context) -> assertThat(context).getBean(SubprocessesEndpoint.class).isSameAs(own));
	}

	@Test
	void propertiesReachTheEndpoint() {
		this.exposedRunner
			.withPropertyValues("management.endpoint.subprocesses.show-values=when-authorized",
					"management.endpoint.subprocesses.roles=OPS,ADMIN")
			.run((context) -> {
				SubprocessesEndpointProperties properties = context.getBean(SubprocessesEndpointProperties.class);
				assertThat(properties.getShowValues()).isEqualTo(Show.WHEN_AUTHORIZED);
				assertThat(properties.getRoles()).containsOnly("OPS", "ADMIN");
				assertThat(
						describeNap(context.getBean(ProcessLauncher.class), context.getBean(SubprocessesEndpoint.class))
							.arguments())
					.containsExactly("300");
			});
	}

	@Test
	void sanitizingFunctionsReachTheEndpoint() {
		this.exposedRunner.withPropertyValues("management.endpoint.subprocesses.show-values=always")
			.withBean(SanitizingFunction.class, () -> (data) -> data.withValue("-"))
			.run((context) -> assertThat(
					describeNap(context.getBean(ProcessLauncher.class), context.getBean(SubprocessesEndpoint.class))
						.arguments())
				.containsExactly("-"));
	}

	private static SubprocessDescriptor describeNap(ProcessLauncher launcher, SubprocessesEndpoint endpoint) {
		try (ManagedProcess process = launcher.command("/bin/sleep", "300").start()) {
			return endpoint.subprocess(process.id(), null);
		}
	}

}
