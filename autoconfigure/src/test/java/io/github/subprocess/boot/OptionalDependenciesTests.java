// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.subprocess.ProcessLauncher;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what is optional may really be left out: an application is run by a JVM
 * whose class path lacks the jars. Fake class loaders do not tell, since annotations are
 * read from classes that were loaded with all of them.
 */
@Timeout(120)
class OptionalDependenciesTests {

	private static final String[] ACTUATOR = { "spring-boot-actuator", "spring-boot-health" };

	private static final String[] METRICS = { "micrometer-core", "micrometer-jakarta9", "micrometer-registry",
			"spring-boot-micrometer-metrics" };

	private static final String[] TRACING = { "micrometer-tracing", "spring-boot-micrometer-tracing", "opentelemetry",
			"spring-boot-opentelemetry" };

	private static final String[] WEB = { "spring-web", "spring-boot-web", "spring-boot-starter-web", "tomcat",
			"spring-boot-tomcat", "reactor-netty", "spring-boot-reactor", "netty", "jackson", "spring-boot-jackson",
			"spring-boot-http", "spring-boot-servlet" };

	// the client of spring-web is made with it
	private static final String[] OBSERVATION = with(WEB, "micrometer-observation",
			"spring-boot-micrometer-observation", "micrometer-core", "micrometer-jakarta9", "micrometer-registry",
			"spring-boot-micrometer-metrics", "micrometer-tracing", "spring-boot-micrometer-tracing", "opentelemetry",
			"spring-boot-opentelemetry");

	private static final String[] MICROMETER = with(WEB, "micrometer", "spring-boot-micrometer", "opentelemetry",
			"spring-boot-opentelemetry");

	static Stream<Arguments> absences() {
		return Stream.of(
				absence("nothing", "endpoint=true metrics=true observation=true health=true web=true tracing=true"),
				absence("Actuator", "endpoint=false metrics=true observation=true health=false web=true", ACTUATOR),
				absence("health", "endpoint=true metrics=true observation=true health=false web=true",
						"spring-boot-health"),
				absence("metrics", "endpoint=true metrics=false observation=true health=true web=true", METRICS),
				absence("tracing", "endpoint=true metrics=true observation=true health=true web=true tracing=false",
						TRACING),
				absence("the observations of Boot",
						"endpoint=true metrics=false observation=false health=true web=true",
						"spring-boot-micrometer-observation", "spring-boot-micrometer-metrics",
						"spring-boot-micrometer-tracing"),
				absence("observation", "endpoint=true metrics=false observation=false health=true", OBSERVATION),
				absence("Micrometer", "endpoint=true metrics=false observation=false", MICROMETER),
				absence("web", "endpoint=true metrics=true observation=true health=true web=false", WEB),
				absence("all of them",
						"endpoint=false metrics=false observation=false health=false web=false tracing=false",
						with(MICROMETER, ACTUATOR)));
	}

	private static Arguments absence(String name, String rest, String... jars) {
		return Arguments.of(name, "launched=here " + rest, jars);
	}

	private static String[] with(String[] some, String... more) {
		return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
	}

	@ParameterizedTest(name = "without {0}")
	@MethodSource("absences")
	void startsAndRunsAChild(String name, String expected, String[] jars) throws Exception {
		assertThat(runWithout(jars)).as("without " + name).contains(expected);
	}

	private static String runWithout(String... jars) throws Exception {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		String left = Arrays.stream(classPath.split(File.pathSeparator))
			.filter((entry) -> Arrays.stream(jars).noneMatch(Path.of(entry).getFileName().toString()::startsWith))
			.collect(Collectors.joining(File.pathSeparator));
		Process process = new ProcessBuilder(
				List.of(System.getProperty("java.home") + "/bin/java", "-cp", left, Application.class.getName()))
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
		return output;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		public static void main(String[] args) {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).run(
					"--management.endpoints.web.exposure.include=*", "--server.port=0", "--server.address=127.0.0.1")) {
				ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
				System.out.printf("launched=%s endpoint=%s metrics=%s observation=%s health=%s web=%s tracing=%s%n",
						launcher.command("/bin/echo", "here").run().outputText().strip(),
						context.containsBean("subprocessesEndpoint")
								&& context.containsBean("subprocessPoliciesEndpoint"),
						context.containsBean("subprocessMetrics"), context.containsBean("subprocessObservations"),
						context.containsBean("subprocessHealthContributor"),
						context.getEnvironment().containsProperty("local.server.port"),
						ClassUtils.isPresent("io.micrometer.tracing.Tracer", null)
								&& hasBean(context, "io.micrometer.tracing.Tracer"));
			}
		}

		private static boolean hasBean(ConfigurableApplicationContext context, String type) {
			return context.getBeanNamesForType(ClassUtils.resolveClassName(type, null)).length > 0;
		}

	}

}
