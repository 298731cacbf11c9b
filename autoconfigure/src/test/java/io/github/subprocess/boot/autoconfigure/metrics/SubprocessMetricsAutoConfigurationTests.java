// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure.metrics;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import io.github.subprocess.boot.metrics.LiveProcessMetrics;
import io.github.subprocess.boot.metrics.SubprocessMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SubprocessMetricsAutoConfiguration}.
 */
@Timeout(60)
class SubprocessMetricsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(SubprocessAutoConfiguration.class, SubprocessMetricsAutoConfiguration.class));

	private final ApplicationContextRunner meteredRunner = this.contextRunner
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@Test
	void metersAreInTheRegistry() {
		this.meteredRunner.withPropertyValues("subprocess.policy.transcode.deadlines.wall=30").run((context) -> {
			context.getBean(ProcessLauncher.class).command("/bin/true").policy("transcode").run();
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("subprocess.spawn").tags("policy", "transcode").timer().count()).isEqualTo(1);
			assertThat(registry.get("subprocess.live").tags("policy", "transcode").gauges()).hasSize(1);
			assertThat(registry.get("subprocess.live").tags("policy", "none").gauges()).hasSize(1);
		});
	}

	@Test
	void everyRegistryGetsMeters() {
		this.meteredRunner.withBean("second", SimpleMeterRegistry.class, SimpleMeterRegistry::new)
			.withBean("third", SimpleMeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> {
				context.getBean(ProcessLauncher.class).command("/bin/true").run();
				assertThat(context.getBean("second", MeterRegistry.class).get("subprocess.spawn").timer().count())
					.isEqualTo(1);
				assertThat(context.getBean("third", MeterRegistry.class).get("subprocess.spawn").timer().count())
					.isEqualTo(1);
			});
	}

	@Test
	void backsOffWithoutMicrometer() {
		this.contextRunner.withBean(SimpleMeterRegistry.class)
			.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ProcessLauncher.class)
				.doesNotHaveBean("subprocessMetrics"));
	}

	@Test
	void backsOffWithoutRegistry() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(SubprocessMetrics.class)
			.doesNotHaveBean(LiveProcessMetrics.class));
	}

	@Test
	void backsOffWithoutLauncher() {
		this.meteredRunner.withPropertyValues("subprocess.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SubprocessMetrics.class)
				.doesNotHaveBean(LiveProcessMetrics.class));
	}

	@Test
	void backsOffForMetricsOfTheApplication() {
		SubprocessMetrics own = new SubprocessMetrics();
		this.meteredRunner.withBean("own", SubprocessMetrics.class, () -> own).run((context) -> {
			assertThat(context).getBean(SubprocessMetrics.class).isSameAs(own);
			context.getBean(ProcessLauncher.class).command("/bin/true").run();
			assertThat(context.getBean(MeterRegistry.class).get("subprocess.spawn").timer().count()).isEqualTo(1);
		});
	}

}
