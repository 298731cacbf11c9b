// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure.observation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.Polling;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import io.github.subprocess.boot.observation.OpenTelemetrySubprocessObservationConvention;
import io.github.subprocess.boot.observation.SubprocessObservations;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SubprocessObservationAutoConfiguration}.
 */
@Timeout(60)
class SubprocessObservationAutoConfigurationTests {

	private final List<String> stopped = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(SubprocessAutoConfiguration.class, SubprocessObservationAutoConfiguration.class));

	@Test
	void launchesAreObserved() {
		this.contextRunner.withBean(ObservationRegistry.class, this::registry).run((context) -> {
			context.getBean(ProcessLauncher.class).command("/bin/true").run();
			Polling.await(() -> this.stopped.equals(List.of("subprocess none")));
		});
	}

	@Test
	void conventionOfTheApplicationIsUsed() {
		this.contextRunner.withBean(ObservationRegistry.class, this::registry)
			.withBean(OpenTelemetrySubprocessObservationConvention.class)
			.run((context) -> {
				context.getBean(ProcessLauncher.class).command("/bin/true").run();
				Polling.await(() -> this.stopped.equals(List.of("true")));
			});
	}

	@Test
	void backsOff() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(SubprocessObservations.class));
		this.contextRunner.withBean(ObservationRegistry.class, this::registry)
			.withPropertyValues("subprocess.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SubprocessObservations.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ProcessLauncher.class)
				.doesNotHaveBean("subprocessObservations"));
	}

	private ObservationRegistry registry() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onStop(Observation.Context context) {
				SubprocessObservationAutoConfigurationTests.this.stopped
					.add(String.valueOf(context.getContextualName()));
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		return registry;
	}

}
