// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * An application of a plain user cannot give its children to another user: it is told so
 * at startup, and by the step of the birth where it goes on nevertheless. Where the tests
 * run as root, the application is started as {@code nobody}, who may read the class path
 * and nothing more.
 */
@Timeout(120)
class PlainUserTests {

	private static final String PREFIX = "--subprocess.policy.render.";

	private final ProcessLauncher launcher = ProcessLauncher.create();

	@AfterEach
	void close() {
		this.launcher.close();
	}

	@Test
	void isToldAtStartup() {
		ProcessResult result = start();
		assertThat(result.status().toExitValue()).as(result.outputText()).isNotZero();
		assertThat(result.outputText())
			.contains("APPLICATION FAILED TO START",
					"Configuration property 'subprocess.policy.render.credentials.user'",
					"cannot be met here. Reason: Is not the user of the JVM, and changing it needs CAP_SETUID.")
			.doesNotContain("has started");
	}

	@Test
	void isToldTheStepWhereTheStartIsNotValidated() {
		ProcessResult result = start("--subprocess.validate=warn");
		assertThat(result.outputText()).contains("has started", "CAP_SETUID", "failed at groups with EPERM");
	}

	private ProcessResult start(String... arguments) {
		List<String> command = new ArrayList<>();
		if ("root".equals(System.getProperty("user.name"))) {
			command.addAll(asNobody());
		}
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
				"-XX:-UsePerfData"));
		if (Runtime.version().feature() >= 22) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), PlainUserTests.class.getName(),
				PREFIX + "credentials.user=daemon", PREFIX + "credentials.groups=none", PREFIX + "command=/bin/true"));
		command.addAll(List.of(arguments));
		return this.launcher.command(command)
			.overrides(ProcessPolicy.undecided()
				.withEnvironment(new EnvironmentPolicy(List.of("PATH", "LANG", "LC_*"), null)))
			.successExitCodes(Set.of())
			.run();
	}

	private List<String> asNobody() {
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not there");
		List<String> command = List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
				"--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search",
				"--bounding-set=-all,+dac_read_search");
		List<String> trial = new ArrayList<>(command);
		trial.add("/bin/true");
		assumeTrue(this.launcher.command(trial).successExitCodes(Set.of()).run().status().toExitValue() == 0,
				"root may not become a user who can read the class path");
		return command;
	}

	/**
	 * Start as an application does, and launch.
	 */
	public static void main(String[] arguments) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run(arguments)) {
			System.out.println("has started");
			context.getBean(ProcessLauncher.class).policy("render").run();
		}
		catch (ProcessStartException ex) {
			System.out.println("failed at " + ex.step() + " with " + ex.errnoName());
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
