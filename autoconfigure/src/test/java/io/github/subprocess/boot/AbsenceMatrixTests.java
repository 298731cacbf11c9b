// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.boot.actuate.endpoint.SubprocessPoliciesEndpoint;
import io.github.subprocess.boot.actuate.endpoint.SubprocessesEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever of the optional parts is absent, in all 64 combinations: the application
 * starts and runs children, and has what the parts that are left allow. The classes are
 * hidden here; {@link OptionalDependenciesTests} leaves the jars out.
 */
@Timeout(120)
class AbsenceMatrixTests {

	static Stream<Set<Part>> absences() {
		return IntStream.range(0, 1 << Part.values().length).mapToObj((bits) -> {
			Set<Part> absent = EnumSet.noneOf(Part.class);
			for (Part part : Part.values()) {
				if ((bits & (1 << part.ordinal())) != 0) {
					absent.add(part);
				}
			}
			return absent;
		});
	}

	@ParameterizedTest(name = "without {0}")
	@MethodSource("absences")
	void startsAndRunsChildren(Set<Part> absent) {
		boolean micrometer = !absent.contains(Part.MICROMETER);
		boolean observation = !absent.contains(Part.OBSERVATION);
		boolean actuator = !absent.contains(Part.ACTUATOR);
		runner(absent).run((context) -> {
			assertThat(context).hasNotFailed();
			ProcessResult result = context.getBean(ProcessLauncher.class).command("/bin/echo", "here").run();
			assertThat(result.outputText()).isEqualTo("here\n");
			assertThat(result.isSuccess()).isTrue();
			assertThat(context.containsBean("subprocessesEndpoint")).isEqualTo(actuator);
			assertThat(context.containsBean("subprocessPoliciesEndpoint")).isEqualTo(actuator);
			assertThat(context.containsBean("subprocessInfoContributor")).isEqualTo(actuator);
			assertThat(context.containsBean("subprocessHealthContributor")).isEqualTo(!absent.contains(Part.HEALTH));
			assertThat(context.containsBean("subprocessMetrics")).isEqualTo(micrometer);
			assertThat(context.containsBean("subprocessObservations")).isEqualTo(observation);
			if (actuator) {
				assertThat(context.getBean(SubprocessesEndpoint.class).subprocesses(null, null, null).recent())
					.hasSize(1);
				assertThat(context.getBean(SubprocessPoliciesEndpoint.class).policies().policies()).containsKey("p");
			}
		});
	}

	private static ApplicationContextRunner runner(Set<Part> absent) {
		String[] packages = absent.stream().flatMap((part) -> Stream.of(part.packages)).toArray(String[]::new);
		return new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("management.endpoints.web.exposure.include=*", "subprocess.policy.p.command=/bin/true")
			.withClassLoader(new FilteredClassLoader(packages));
	}

	@Configuration(proxyBeanMethods = false)
	@Import(OurAutoConfigurations.class)
	static class Application {

	}

	/**
	 * Selects our auto-configurations, and those of Boot that make what they build upon,
	 * by their names: as in an application, none is loaded unless its classes are there.
	 */
	static class OurAutoConfigurations extends AutoConfigurationImportSelector {

		@Override
		protected List<String> getCandidateConfigurations(AnnotationMetadata metadata,
				@Nullable AnnotationAttributes attributes) {
			List<String> ours = super.getCandidateConfigurations(metadata, attributes).stream()
				.filter((name) -> name.startsWith("io.github.subprocess.")
						|| name.startsWith("org.springframework.boot.micrometer.")
						|| name.startsWith("org.springframework.boot.opentelemetry.")
						|| name.endsWith(".LifecycleAutoConfiguration"))
				.toList();
			assertThat(ours).hasSizeGreaterThan(10);
			return ours;
		}

		@Override
		protected @Nullable AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
			return null;
		}

		@Override
		protected Set<String> getExclusions(AnnotationMetadata metadata, @Nullable AnnotationAttributes attributes) {
			return Set.of();
		}

	}

	/**
	 * What an application may do without.
	 */
	enum Part {

		ACTUATOR("org.springframework.boot.actuate"),

		HEALTH("org.springframework.boot.health"),

		MICROMETER("io.micrometer.core", "org.springframework.boot.micrometer.metrics"),

		OBSERVATION("io.micrometer.observation", "org.springframework.boot.micrometer.observation"),

		TRACING("io.micrometer.tracing", "io.opentelemetry", "org.springframework.boot.micrometer.tracing"),

		WEB("org.springframework.web", "org.springframework.http", "org.springframework.boot.webmvc",
				"org.springframework.boot.webflux", "org.springframework.boot.web", "jakarta.servlet");

		@SuppressWarnings("ImmutableEnumChecker")
		private final String[] packages;

		Part(String... packages) {
			this.packages = packages;
		}

	}

}
