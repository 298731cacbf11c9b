// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessExitException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.ProcessStartException;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Secrets in arguments, variables, directories and output reach nobody who asks an
 * application for what it is doing: all operations of both endpoints over HTTP and JMX,
 * health, info, meters, spans and the log.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class SecretsOverActuatorTests {

	private static final String DOMAIN = SecretsOverActuatorTests.class.getSimpleName();

	private static final String SECRET = "s3cr3t-";

	private static final String SCRIPT = "echo " + SECRET + "written; echo " + SECRET + "error >&2; ";

	private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final StringBuilder shown = new StringBuilder();

	private ConfigurableApplicationContext context;

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void nobodyWhoAsksIsTold(CapturedOutput output) throws Exception {
		askForAll();
		assertThat(this.shown.toString()).contains("API_TOKEN", "******", "\"policy\":\"talk\"", "SUBPROCESS_KILL",
				"\"outcome\":\"failure\"", "\"subprocesspolicies\"", "subprocess talk", "exitDetection",
				"descriptorClosing");
		assertThat(output.getAll()).contains("Started [", "Ended [", "WARN");
		assertThat(this.shown.toString() + output.getAll()).doesNotContain(SECRET);
	}

	/**
	 * What is looked for above would be found: this is what shows it.
	 */
	@Test
	void whoMayKnowIsToldOfAllButVariables(CapturedOutput output) throws Exception {
		askForAll("--management.endpoint.subprocesses.show-values=always",
				"--subprocess.policy.talk.observability.show-arguments=true");
		assertThat(this.shown.toString()).contains(SECRET + "argument", SECRET + "command", SECRET + "written",
				SECRET + "error");
		assertThat(output.getAll()).contains(SECRET + "argument");
		assertThat(this.shown.toString() + output.getAll()).doesNotContain(SECRET + "of-policy", SECRET + "of-launch",
				SECRET + "of-defaults");
	}

	private void askForAll(String... more) throws Exception {
		String[] arguments = { "--server.port=0", "--server.address=127.0.0.1", "--spring.jmx.enabled=true",
				"--management.endpoints.jmx.domain=" + DOMAIN, "--management.endpoints.web.exposure.include=*",
				"--management.endpoints.jmx.exposure.include=*",
				"--management.endpoint.subprocesses.access=unrestricted",
				"--management.endpoint.health.show-details=always", "--management.tracing.sampling.probability=1",
				"--management.metrics.tags.application=it",
				"--subprocess.defaults.environment.set.OF_ALL=" + SECRET + "of-defaults",
				"--subprocess.policy.talk.environment.set.API_TOKEN=" + SECRET + "of-policy",
				"--subprocess.policy.talk.command=/bin/sh,-c," + SCRIPT + "sleep 300,sh," + SECRET + "command",
				"--subprocess.policy.talk.observability.log-level=info", "--subprocess.policy.talk.concurrency.limit=1",
				"--subprocess.policy.talk.concurrency.queue=0" };
		String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
		System.arraycopy(more, 0, all, arguments.length, more.length);
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET).run(all);
		ProcessLauncher launcher = this.context.getBean(ProcessLauncher.class);
		assertThatExceptionOfType(ProcessExitException.class)
			.isThrownBy(() -> secretly(launcher, SCRIPT + "exit 3").run());
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> launcher.command("/no/such/program", SECRET + "argument").policy("talk").run());
		String id;
		try (ManagedProcess process = launcher.policy("talk")
			.arguments(SECRET + "argument")
			.environment("OF_LAUNCH", SECRET + "of-launch")
			.output(OutputTarget.capture())
			.error(OutputTarget.capture())
			.start()) {
			id = process.id();
			assertThatExceptionOfType(ProcessRejectedException.class)
				.isThrownBy(() -> secretly(launcher, "exit 0").run());
			Polling.await(() -> hasWritten(launcher, id));
			askHttp(id);
			askJmx(id);
			post("/subprocesses/" + id, "{\"signal\":\"cont\",\"reason\":\"to see\"}", 204);
			invoke("Subprocesses", "write", id, "cont", "to see");
			send(HttpRequest.newBuilder().DELETE(), "/subprocesses/" + id, 204);
			invoke("Subprocesses", "kill", id, null);
			process.result().get(30, TimeUnit.SECONDS);
		}
		Polling.await(() -> launcher.processes().live().isEmpty());
		InMemorySpanExporter spans = this.context.getBean(InMemorySpanExporter.class);
		// told at once, and by Boot's own processor later once more
		Polling.await(() -> spans.getFinishedSpanItems()
			.stream()
			.filter((span) -> span.getName().equals("subprocess talk"))
			.map((span) -> span.getSpanId())
			.distinct()
			.count() == 4);
		askHttp(id);
		askJmx(id);
		spans.getFinishedSpanItems().forEach(this::show);
		this.context.getBean(Application.class).audited.forEach(this::show);
		assertThat(spans.getFinishedSpanItems()).anySatisfy((span) -> assertThat(span.getEvents()).isNotEmpty());
	}

	private static ProcessLauncher.CommandSpec secretly(ProcessLauncher launcher, String script) {
		return launcher.command("/bin/sh", "-c", script, "sh", SECRET + "argument")
			.policy("talk")
			.environment("OF_LAUNCH", SECRET + "of-launch");
	}

	private static boolean hasWritten(ProcessLauncher launcher, String id) {
		return launcher.processes()
			.inspect(id, 100)
			.filter((process) -> process.outputTail().totalBytes() > 0 && process.errorTail().totalBytes() > 0)
			.isPresent();
	}

	private void askHttp(String id) throws Exception {
		for (String path : List.of("", "/subprocesses", "/subprocesses?policy=talk", "/subprocesses?state=running",
				"/subprocesses?name=sh", "/subprocesses/" + id, "/subprocesses/" + id + "?tail=65536",
				"/subprocesspolicies", "/subprocesspolicies/talk", "/health", "/health/subprocess", "/info", "/metrics",
				"/mappings", "/beans", "/conditions", "/env", "/configprops")) {
			get(path);
		}
		for (JsonNode recent : JsonMapper.shared().readTree(get("/subprocesses")).get("recent")) {
			get("/subprocesses/" + recent.get("id").asString());
		}
		for (JsonNode name : JsonMapper.shared().readTree(get("/metrics")).get("names")) {
			if (name.asString().startsWith("subprocess")) {
				get("/metrics/" + name.asString());
			}
		}
	}

	private void askJmx(String id) throws Exception {
		invoke("Subprocesses", "subprocesses", null, null, null);
		invoke("Subprocesses", "subprocess", id, "65536");
		invoke("Subprocesspolicies", "policies");
		invoke("Subprocesspolicies", "policy", "talk");
	}

	private void invoke(String endpoint, String operation, Object... arguments) throws Exception {
		String[] signature = Arrays.stream(this.server.getMBeanInfo(name(endpoint)).getOperations())
			.filter((candidate) -> candidate.getName().equals(operation))
			.flatMap((candidate) -> Arrays.stream(candidate.getSignature()))
			.map((parameter) -> parameter.getType())
			.toArray(String[]::new);
		show(this.server.invoke(name(endpoint), operation, arguments, signature));
	}

	private static ObjectName name(String endpoint) throws Exception {
		return new ObjectName(DOMAIN + ":type=Endpoint,name=" + endpoint);
	}

	private String get(String path) throws Exception {
		return send(HttpRequest.newBuilder().GET(), path, 200);
	}

	private void post(String path, String body, int expected) throws Exception {
		send(HttpRequest.newBuilder()
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)), path, expected);
	}

	private String send(HttpRequest.Builder request, String path, int expected) throws Exception {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		HttpResponse<String> response = this.client
			.send(request.uri(new URI("http://127.0.0.1:" + port + "/actuator" + path))
				.timeout(Duration.ofSeconds(30))
				.build(), HttpResponse.BodyHandlers.ofString());
		show(response.headers().map());
		show(response.body());
		assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(expected);
		return response.body();
	}

	private void show(Object value) {
		this.shown.append(value).append('\n');
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		private final List<AuditEvent> audited = new CopyOnWriteArrayList<>();

		@EventListener
		void audit(AuditApplicationEvent event) {
			this.audited.add(event.getAuditEvent());
		}

		@Bean
		InMemorySpanExporter spans() {
			return InMemorySpanExporter.create();
		}

		@Bean
		SpanProcessor simpleProcessor(InMemorySpanExporter spans) {
			return SimpleSpanProcessor.create(spans);
		}

	}

}
