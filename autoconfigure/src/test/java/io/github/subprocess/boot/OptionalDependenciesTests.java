// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.subprocess.ProcessLauncher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what is optional may really be left out: an application is run by a JVM
 * whose class path lacks the jars. Fake class loaders do not tell, since annotations are
 * read from classes that were loaded with all of them.
 */
@Timeout(120)
class OptionalDependenciesTests {

	private static final String[] MICROMETER = { "micrometer", "spring-boot-micrometer", "opentelemetry",
			"spring-boot-opentelemetry", "spring-web", "spring-boot-web" };

	@Test
	void worksWithEverything() throws Exception {
		assertThat(runWithout()).contains("launched=true endpoint=true metrics=true observation=true health=true");
	}

	@Test
	void worksWithoutActuator() throws Exception {
		assertThat(runWithout("spring-boot-actuator", "spring-boot-health"))
			.contains("launched=true endpoint=false metrics=true observation=true health=false");
	}

	@Test
	void worksWithoutHealth() throws Exception {
		assertThat(runWithout("spring-boot-health"))
			.contains("launched=true endpoint=true metrics=true observation=true health=false");
	}

	@Test
	void worksWithoutMicrometer() throws Exception {
		assertThat(runWithout(MICROMETER)).contains("launched=true endpoint=true metrics=false observation=false");
	}

	@Test
	void worksWithoutMetrics() throws Exception {
		assertThat(runWithout("micrometer-core", "micrometer-jakarta9", "spring-boot-micrometer-metrics"))
			.contains("launched=true endpoint=true metrics=false observation=true health=true");
	}

	@Test
	void worksWithoutTracing() throws Exception {
		assertThat(runWithout("micrometer-tracing", "spring-boot-micrometer-tracing", "spring-boot-opentelemetry",
				"opentelemetry"))
			.contains("launched=true endpoint=true metrics=true observation=true health=true");
	}

	@Test
	void worksWithoutTheObservationsOfBoot() throws Exception {
		assertThat(runWithout("spring-boot-micrometer-observation", "spring-boot-micrometer-metrics",
				"spring-boot-micrometer-tracing"))
			.contains("launched=true endpoint=true metrics=false observation=false health=true");
	}

	@Test
	void worksWithLittleMoreThanTheStarter() throws Exception {
		assertThat(runWithout("spring-boot-actuator", "spring-boot-health", "micrometer", "opentelemetry",
				"spring-boot-opentelemetry", "spring-boot-micrometer", "spring-boot-web", "spring-web",
				"spring-boot-tomcat", "tomcat", "jackson", "spring-boot-jackson", "spring-boot-http",
				"spring-boot-servlet"))
			.contains("launched=true endpoint=false metrics=false observation=false health=false");
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
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.web(WebApplicationType.NONE)
				.run("--management.endpoints.web.exposure.include=*")) {
				ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
				System.out.printf("launched=%s endpoint=%s metrics=%s observation=%s health=%s%n",
						launcher.command("/bin/true").run().isSuccess(), context.containsBean("subprocessesEndpoint"),
						context.containsBean("subprocessMetrics"), context.containsBean("subprocessObservations"),
						context.containsBean("subprocessHealthContributor"));
			}
		}

	}

}
