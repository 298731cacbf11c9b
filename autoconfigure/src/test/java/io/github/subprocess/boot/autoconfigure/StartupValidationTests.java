// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.policy.Attribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that all that is wrong with properties is told at once, with the lines on which
 * it was written.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class StartupValidationTests {

	@TempDir
	Path directory;

	@Test
	void tenMistakesMakeOneReportOfTenEntries(CapturedOutput output) throws Exception {
		assumeSandboxOfFiles();
		fail(Application.class, """
				subprocess:
				  recent-capacity: many
				  defaults:
				    credentials:
				      user: ghost
				      groups: none
				  policy:
				    transcode:
				      comand: ffmpeg
				      command: [ /no/such/ffmpeg, --password=s3cr3t ]
				      working-directory: /no/such/directory
				      deadlines.wall: -5s
				      termination:
				        grace-period: 30s
				    render:
				      base: transcoder
				      best-effort: [ nice, luck, cgroup ]
				      sandbox.read-paths: [ /usr, /no/such/path ]
				""");
		assertThat(entries(output)).satisfiesExactly(
				(entry) -> assertThat(entry)
					.isEqualTo(unmet("defaults.credentials.user", "5:13", "'ghost' does not exist.")),
				(entry) -> assertThat(entry).isEqualTo(invalid("transcoder", "policy.render.base", "16:13",
						"There is no policy of that name. Known are: transcode.")),
				(entry) -> assertThat(entry).startsWith(invalid("luck", "policy.render.best-effort[1]", "17:28",
						"The following values are valid: AFFINITY, CGROUP, ")),
				(entry) -> assertThat(entry).isEqualTo(unmet("policy.render.sandbox.read-paths", "18:29",
						"Names what does not exist: /no/such/path.")),
				(entry) -> assertThat(entry).startsWith("There is no configuration property "
						+ "'subprocess.policy.transcode.comand' (originating from '" + line("9:15") + "'). "
						+ "Did you mean 'subprocess.policy.transcode.command'?"),
				(entry) -> assertThat(entry).isEqualTo(unmet("policy.transcode.command", "10:18",
						"Names a program that does not exist: /no/such/ffmpeg.")),
				(entry) -> assertThat(entry).isEqualTo(
						invalid("PT-5S", "policy.transcode.deadlines.wall", "12:23", "Must not be negative: PT-5S.")),
				(entry) -> assertThat(entry).startsWith(invalid("PT30S", "policy.transcode.termination.grace-period",
						"14:23", "Must be shorter than 'spring.lifecycle.timeout-per-shutdown-phase'")),
				(entry) -> assertThat(entry).isEqualTo(
						unmet("policy.transcode.working-directory", "11:26", "Does not exist: /no/such/directory.")),
				(entry) -> assertThat(entry)
					.isEqualTo(invalid("many", "recent-capacity", "2:20", "Must be a number.")));
		assertThat(output).contains("10 problems with properties of subprocesses:");
	}

	@Test
	void whatCannotBeMetFailsTheStart(CapturedOutput output) throws Exception {
		fail(Application.class, """
				subprocess.policy.transcode.working-directory: /no/such/directory
				""");
		assertThat(output).contains("1 problem with properties of subprocesses:")
			.contains("To start the application without what cannot be met here, set 'subprocess.validate' to 'warn'");
		assertThat(entries(output)).containsExactly(
				unmet("policy.transcode.working-directory", "1:48", "Does not exist: /no/such/directory."));
	}

	@Test
	void whatIsInheritedIsBlamedOnceWhereItWasWritten(CapturedOutput output) throws Exception {
		fail(Application.class, """
				subprocess:
				  policy:
				    base: { working-directory: /no/such/directory }
				    a: { base: base }
				    b: { base: a }
				""");
		assertThat(entries(output))
			.containsExactly(unmet("policy.base.working-directory", "3:32", "Does not exist: /no/such/directory."));
	}

	@Test
	void whatCannotBeMetIsWarnedOf(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = start(Application.class, """
				subprocess:
				  validate: warn
				  policy:
				    transcode: { working-directory: /no/such/directory }
				    render: { credentials.user: ghost, credentials.groups: none }
				""")) {
			assertThat(context.getBean(ProcessLauncher.class).policies()).containsKeys("transcode", "render");
		}
		assertThat(output).contains("WARN")
			.contains("2 problems with properties of subprocesses:")
			.contains("1. " + unmet("policy.render.credentials.user", "5:33", "'ghost' does not exist."))
			.contains(
					"2. " + unmet("policy.transcode.working-directory", "4:37", "Does not exist: /no/such/directory."));
	}

	@Test
	void theGracePeriodThatIsBuiltInMustFitIntoTheShutdownPhaseToo(CapturedOutput output) throws Exception {
		fail(Application.class, """
				spring.lifecycle.timeout-per-shutdown-phase: 3s
				""");
		assertThat(output).contains("Configuration property 'subprocess.defaults.termination.grace-period' cannot be "
				+ "met here. Reason: Is 5000ms unless set, and must be shorter than "
				+ "'spring.lifecycle.timeout-per-shutdown-phase', which is 3000ms.");
	}

	@Test
	void invalidValuesAreNotWarnedOf(CapturedOutput output) throws Exception {
		fail(Application.class, """
				subprocess:
				  validate: warn
				  recent-capacity: -1
				  policy:
				    transcode: { working-directory: /no/such/directory }
				""");
		assertThat(output).contains("Invalid value '-1' for configuration property 'subprocess.recent-capacity'")
			.contains("Must not be negative.")
			.doesNotContain("/no/such/directory");
	}

	@Test
	void unknownKeysFailWithALauncherOfTheApplicationToo(CapturedOutput output) throws Exception {
		fail(OwnLauncherApplication.class, "subprocess: { gardian: true, recent-capacity: many }");
		assertThat(entries(output)).satisfiesExactly(
				(entry) -> assertThat(entry).contains("Did you mean 'subprocess.guardian'?"),
				(entry) -> assertThat(entry)
					.isEqualTo(invalid("many", "recent-capacity", "1:47", "Must be a number.")));
	}

	/**
	 * Where the kernel lacks them, that is a mistake more.
	 */
	private static void assumeSandboxOfFiles() {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			assumeThat(launcher.platform().sandbox().obstacle(Attribute.SANDBOX_FILES)).isNull();
		}
	}

	private String invalid(String value, String key, String line, String reason) {
		return "Invalid value '%s' for configuration property 'subprocess.%s' (originating from '%s'). Reason: %s"
			.formatted(value, key, line(line), reason);
	}

	private String unmet(String key, String line, String reason) {
		return "Configuration property 'subprocess.%s' (originating from '%s') cannot be met here. Reason: %s"
			.formatted(key, line(line), reason);
	}

	private String line(String line) {
		return "URL [file:" + this.directory + "/application.yaml] - " + line;
	}

	private static List<String> entries(CapturedOutput output) {
		String analysis = output.getOut();
		assertThat(analysis).contains("APPLICATION FAILED TO START").doesNotContain("s3cr3t").doesNotContain("\tat ");
		return analysis.substring(analysis.indexOf("Description:"))
			.lines()
			.filter((line) -> line.matches("\\d+\\. .*"))
			.map((line) -> line.substring(line.indexOf(' ') + 1))
			.toList();
	}

	private void fail(Class<?> application, String yaml) {
		assertThatException().isThrownBy(() -> start(application, yaml).close());
	}

	private ConfigurableApplicationContext start(Class<?> application, String yaml) throws Exception {
		Files.writeString(this.directory.resolve("application.yaml"), yaml);
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.run("--spring.config.location=" + this.directory + "/", "--spring.main.banner-mode=off");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OwnLauncherApplication {

		@Bean
		ProcessLauncher ownLauncher() {
			return ProcessLauncher.create();
		}

	}

}
