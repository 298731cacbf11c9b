// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessStartException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Secrets in arguments and variables reach neither Prometheus nor the page: neither what
 * it reads from the endpoints nor the events that bring it the output of processes.
 */
@Timeout(120)
@FileServiceTest
@TestPropertySource(properties = "subprocess.policy.convert.environment.set.API_TOKEN=s3cr3t-of-policy")
@ExtendWith(OutputCaptureExtension.class)
class ShownSecretsTests {

	private static final String SECRET = "s3cr3t-";

	@LocalServerPort
	private int port;

	@Autowired
	private ProcessLauncher launcher;

	private final StringBuilder shown = new StringBuilder();

	private ServiceClient service;

	@BeforeEach
	void setUp() {
		this.service = new ServiceClient(this.port);
	}

	@Test
	void neitherPrometheusNorThePageIsTold(CapturedOutput output) throws Exception {
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.launcher.command("/no/such/program", SECRET + "argument").policy("convert").run());
		try (ManagedProcess process = this.launcher.policy("convert")
			.arguments("convert", SECRET + "argument")
			.environment("OF_LAUNCH", SECRET + "of-launch")
			.output(OutputTarget.capture())
			.error(OutputTarget.merge())
			.start(); EventStream events = this.service.events("/processes/" + process.id() + "/output")) {
			Map<String, String> event = events.next();
			while (!event.isEmpty()) {
				this.shown.append(event).append('\n');
				askForAll(process.id());
				event = events.next();
			}
		}
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.service.get("/actuator/prometheus")
				.body()
				.matches("(?s).*subprocess_exits_total\\{[^}]*outcome=\"FAILURE\",policy=\"convert\"}.*"));
		askForAll(null);
		assertThat(this.shown.toString()).contains("page 4 is torn", "subprocess_spawn_seconds_count",
				"subprocess_spawn_failures_total", "subprocess_live_processes", "\"policy\":\"convert\"", "******",
				"environment.set.API_TOKEN");
		assertThat(this.shown.toString() + output.getAll()).doesNotContain(SECRET);
	}

	private void askForAll(String id) throws Exception {
		for (String path : new String[] { "/actuator/prometheus", "/actuator/subprocesses",
				"/actuator/subprocesspolicies", "/actuator/subprocesspolicies/convert", "/actuator/info",
				"/actuator/health", "/", (id != null) ? "/actuator/subprocesses/" + id : "/actuator" }) {
			HttpResponse<String> response = this.service.get(path);
			assertThat(response.statusCode()).as(path).isEqualTo(200);
			this.shown.append(response.headers().map()).append(response.body()).append('\n');
		}
	}

}
