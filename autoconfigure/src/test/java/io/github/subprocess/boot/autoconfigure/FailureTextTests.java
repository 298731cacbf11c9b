// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.subprocess.ProcessLauncher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for what an operator reads when the application does not start.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class FailureTextTests {

	@TempDir
	Path directory;

	@Test
	void misspeltKey(CapturedOutput output) throws Exception {
		fail(Application.class, """
				subprocess:
				  policy:
				    transcode:
				      sesion: inherit
				""");
		assertThat(output).contains("There is no configuration property 'subprocess.policy.transcode.sesion'")
			.contains("application.yaml] - 4:15')")
			.contains("Did you mean 'subprocess.policy.transcode.session'?")
			.contains("Known below 'subprocess.policy.transcode' are: base, best-effort, cgroup, command, "
					+ "concurrency, credentials, deadlines, death-signal, descriptors, environment, guard, "
					+ "ignored-signals, limits, mechanism, no-new-privileges, observability, output, sandbox, session, "
					+ "success-exit-codes, terminal, termination, umask, working-directory.");
		assertThatItIsAnAnalysis(output);
	}

	@Test
	void severalMisspeltKeysWithoutTheirValues(CapturedOutput output) throws Exception {
		fail(Application.class, """
				subprocess:
				  polices: {}
				  recent-capacty: 3
				  policy:
				    transcode:
				      enviroment:
				        set:
				          API_TOKEN: s3cr3t
				      output:
				        maximum: 3
				      deadlines:
				        wall:
				          clock: 3
				""");
		assertThat(output).contains("Did you mean 'subprocess.recent-capacity'?")
			.contains("Did you mean 'subprocess.policy.transcode.environment'?")
			.contains("Known below 'subprocess.policy.transcode.output' are: max-size, pipe-size, stderr, stdout.")
			.contains(
					"Remove 'clock' below 'subprocess.policy.transcode.deadlines.wall', which is a single value or a list.")
			.doesNotContain("s3cr3t");
		assertThatItIsAnAnalysis(output);
	}

	@Test
	void negativeTimeout(CapturedOutput output) throws Exception {
		fail(Application.class, """
				subprocess:
				  policy:
				    transcode:
				      deadlines.wall: -5s
				""");
		assertThat(output)
			.contains("Invalid value 'PT-5S' for configuration property 'subprocess.policy.transcode.deadlines.wall' "
					+ "(originating from 'URL [file:" + this.directory + "/application.yaml] - 4:23'). "
					+ "Reason: Must not be negative: PT-5S.")
			.contains("Change or remove the property 'subprocess.policy.transcode.deadlines.wall'.");
		assertThatItIsAnAnalysis(output);
	}

	@Test
	void originOfAPropertyInAnotherForm(CapturedOutput output) throws Exception {
		fail(Application.class, """
				subprocess:
				  policy:
				    pdf_Render:
				      successExitCodes: [ 0, 300 ]
				""");
		assertThat(output).contains("'subprocess.policy.pdf_Render.success-exit-codes'")
			.contains("application.yaml] - 4:27')")
			.contains("Must be between 0 and 255: 300.");
		assertThatItIsAnAnalysis(output);
	}

	@Test
	void descriptorNumberInAList(CapturedOutput output) throws Exception {
		fail(Application.class, """
				subprocess:
				  defaults:
				    descriptors:
				      keep: [ 7, 2 ]
				""");
		assertThat(output).contains("'subprocess.defaults.descriptors.keep'")
			.contains("application.yaml] - 4:15')")
			.contains("Must hold numbers of 3 and higher: 2.");
		assertThatItIsAnAnalysis(output);
	}

	@Test
	void gracePeriodLongerThanTheShutdownPhase(CapturedOutput output) throws Exception {
		fail(Application.class, """
				spring.lifecycle.timeout-per-shutdown-phase: 10s
				subprocess.policy.transcode.termination.grace-period: 10
				""");
		assertThat(output)
			.contains("Invalid value 'PT10S' for configuration property "
					+ "'subprocess.policy.transcode.termination.grace-period'")
			.contains("Must be shorter than 'spring.lifecycle.timeout-per-shutdown-phase', which is 10000ms.");
		assertThatItIsAnAnalysis(output);
	}

	@Test
	void commandInTheDefaults(CapturedOutput output) throws Exception {
		fail(Application.class, "subprocess.defaults.command: [ tool, --password=s3cr3t ]");
		assertThat(output).contains("Invalid value for configuration property 'subprocess.defaults.command'")
			.contains("Defaults hold for every process and must not name a command; a policy may.")
			.doesNotContain("s3cr3t");
		assertThatItIsAnAnalysis(output);
	}

	@Test
	void unknownSignal(CapturedOutput output) throws Exception {
		fail(Application.class, "subprocess.defaults.termination.signal: sigterm");
		assertThat(output).contains("subprocess.defaults.termination.signal")
			.contains("The following values are valid:", "TERM")
			.doesNotContain("\tat ");
	}

	@Test
	void unknownPolicy(CapturedOutput output) throws Exception {
		fail(TranscodingApplication.class, """
				subprocess:
				  policy:
				    render: { deadlines: { wall: 3 } }
				    transcoder: { deadlines: { wall: 3 } }
				""");
		assertThat(output).contains("There is no process policy named 'transcode'. Configured are: render, transcoder.")
			.contains("Use the policy 'transcoder', or configure a policy with properties below "
					+ "'subprocess.policy.transcode'.");
		assertThatItIsAnAnalysis(output);
	}

	@Test
	void unusableNativeLibrary(CapturedOutput output) throws Exception {
		fail(Application.class, "subprocess.native-library: /no/such/libsubprocess.so");
		assertThat(output)
			.contains("Processes cannot be started: The native core '/no/such/libsubprocess.so' cannot be read.")
			.contains("The library is named by the property 'subprocess.native-library' (originating from 'URL [file:"
					+ this.directory + "/application.yaml] - 1:28').")
			.contains("set 'subprocess.enabled' to false");
		assertThatItIsAnAnalysis(output);
	}

	private void fail(Class<?> application, String yaml) throws Exception {
		Files.writeString(this.directory.resolve("application.yaml"), yaml);
		assertThatException().isThrownBy(() -> new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.run("--spring.config.location=" + this.directory + "/", "--spring.main.banner-mode=off")
			.close());
	}

	private static void assertThatItIsAnAnalysis(CapturedOutput output) {
		String analysis = output.getOut();
		analysis = analysis.substring(analysis.indexOf("APPLICATION FAILED TO START"));
		assertThat(analysis).contains("Description:", "Action:").doesNotContain("Exception");
		assertThat(output).doesNotContain("\tat ");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class TranscodingApplication {

		@Bean
		String head(ProcessLauncher launcher) {
			return launcher.policy("transcode").run().outputText();
		}

	}

}
