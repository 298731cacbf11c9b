// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure.health;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import io.github.subprocess.boot.health.SubprocessHealthIndicator;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SubprocessHealthContributorAutoConfiguration}.
 */
class SubprocessHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SubprocessAutoConfiguration.class,
				SubprocessHealthContributorAutoConfiguration.class));

	@Test
	void launcherIsLookedAt() {
		this.contextRunner.run((context) -> assertThat(
				context.getBean("subprocessHealthContributor", HealthIndicator.class).health().getStatus())
			.isEqualTo(Status.UP));
	}

	@Test
	void patienceIsBound() {
		this.contextRunner.withPropertyValues("management.health.subprocess.patience=3")
			.run((context) -> assertThat(context.getBean(SubprocessHealthIndicatorProperties.class).getPatience())
				.hasSeconds(3));
		this.contextRunner
			.run((context) -> assertThat(context.getBean(SubprocessHealthIndicatorProperties.class).getPatience())
				.hasSeconds(60));
	}

	@Test
	void canBeTurnedOff() {
		this.contextRunner.withPropertyValues("management.health.subprocess.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SubprocessHealthIndicator.class));
		this.contextRunner.withPropertyValues("management.health.defaults.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SubprocessHealthIndicator.class));
	}

	@Test
	void backsOff() {
		HealthIndicator own = () -> {
			throw new UnsupportedOperationException();
		};
		this.contextRunner.withBean("subprocessHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).doesNotHaveBean(SubprocessHealthIndicator.class));
		this.contextRunner.withPropertyValues("subprocess.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SubprocessHealthIndicator.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ProcessLauncher.class)
				.doesNotHaveBean("subprocessHealthContributor"));
	}

}
