// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.SandboxSupport;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * An application whose programs cannot be protected as it says does not start, and tells
 * which line says so. One that can do without starts, and tells that it does. The kernel
 * that lacks it is played by a filter of system calls, or is that of this machine.
 */
@Timeout(600)
class KernelWithoutSandboxesTests {

	private final ProcessLauncher launcher = ProcessLauncher.create();

	@TempDir
	Path directory;

	@AfterEach
	void close() {
		this.launcher.close();
	}

	@ParameterizedTest
	@EnumSource
	void requiredSandboxRefusesTheStart(Kernel kernel) throws Exception {
		ProcessResult result = start(kernel, """
				subprocess:
				  policy:
				    convert:
				      command: /bin/true
				      sandbox:
				        read-paths: /etc
				""");
		assertThatItIsRefused(kernel, result, "convert.sandbox.read-paths", "6:21");
	}

	@ParameterizedTest
	@EnumSource
	void requiredSandboxIsNotOnlyWarnedOf(Kernel kernel) throws Exception {
		ProcessResult result = start(kernel, """
				subprocess:
				  validate: warn
				  policy:
				    convert:
				      command: /bin/true
				      sandbox.strict: true
				""");
		assertThatItIsRefused(kernel, result, "convert.sandbox.strict", "6:23");
	}

	@ParameterizedTest
	@EnumSource
	void sandboxThatIsBestEffortIsLeftOutAndWarnedOf(Kernel kernel) throws Exception {
		ProcessResult result = start(kernel, """
				subprocess:
				  policy:
				    convert:
				      command: /bin/true
				      best-effort: sandbox-files
				      sandbox:
				        read-paths: /etc
				""");
		assertThat(result.status().toExitValue()).as(result.outputText()).isZero();
		assertThat(result.outputText())
			.contains(" WARN ", "Programs run with less of a sandbox than their policies name:",
					"policy 'convert': " + kernel.obstacle(this.launcher) + "; left out, as 'best-effort' (originating "
							+ "from '" + line("5:20") + "') allows",
					"has started")
			.contains("warned of landlock-rules ENOTSUP " + kernel.obstacle(this.launcher));
	}

	private void assertThatItIsRefused(Kernel kernel, ProcessResult result, String key, String line) {
		assertThat(result.status().toExitValue()).as(result.outputText()).isOne();
		assertThat(result.outputText())
			.contains("APPLICATION FAILED TO START",
					("Configuration property 'subprocess.policy.%s' (originating from '%s') cannot be met here. "
							+ "Reason: Cannot be had here: %s.")
						.formatted(key, line(line), kernel.obstacle(this.launcher)),
					"Action:", "Run on a kernel that has what is missing", "(best-effort: sandbox-files")
			.doesNotContain("set 'subprocess.validate' to 'warn'", "has started", "\tat ");
	}

	private String line(String line) {
		return "URL [file:" + this.directory + "/application.yaml] - " + line;
	}

	private ProcessResult start(Kernel kernel, String yaml) throws Exception {
		kernel.assume(this.launcher);
		Files.writeString(this.directory.resolve("application.yaml"), yaml);
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
						"-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
		if (Runtime.version().feature() >= 22) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		command.addAll(List.of("-cp", System.getProperty("java.class.path"),
				KernelWithoutSandboxesTests.class.getName(), kernel.name(),
				"--spring.config.location=" + this.directory + "/", "--spring.main.banner-mode=off"));
		return this.launcher.command(command)
			.overrides(ProcessPolicy.undecided()
				.withEnvironment(new EnvironmentPolicy(List.of("PATH", "LANG", "LC_*"), null)))
			.successExitCodes(Set.of())
			.run();
	}

	/**
	 * Start as an application does, and launch.
	 */
	public static void main(String[] arguments) {
		if (Kernel.valueOf(arguments[0]) == Kernel.PLAYED) {
			OldKernel.play();
		}
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run(arguments)) {
			System.out.println("has started");
			try (ManagedProcess process = context.getBean(ProcessLauncher.class).policy("convert").start()) {
				process.snapshot()
					.warnings()
					.forEach((warning) -> System.out
						.println("warned of " + warning.step() + " " + warning.errnoName() + " " + warning.subject()));
			}
		}
		catch (RuntimeException ex) {
			// Boot has reported it
			System.exit(1);
		}
	}

	/**
	 * Who lacks sandboxes.
	 */
	enum Kernel {

		PLAYED, REAL;

		private SandboxSupport support(ProcessLauncher launcher) {
			return (this == PLAYED) ? SandboxSupport.none() : launcher.platform().sandbox();
		}

		String obstacle(ProcessLauncher launcher) {
			return String.valueOf(support(launcher).obstacle(Attribute.SANDBOX_FILES));
		}

		void assume(ProcessLauncher launcher) {
			SandboxSupport real = launcher.platform().sandbox();
			if (this == PLAYED) {
				assumeTrue(real.filters(), "needs filters of system calls to play a kernel without them");
			}
			else {
				assumeTrue(real.obstacle(Attribute.SANDBOX_FILES) != null,
						"needs a kernel that is too old for sandboxes of files: scripts/verify-in-vm has one");
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
