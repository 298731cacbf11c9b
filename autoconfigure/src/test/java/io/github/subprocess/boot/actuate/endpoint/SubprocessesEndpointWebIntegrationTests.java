// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.boot.Polling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for the {@code subprocesses} endpoint with real processes over HTTP.
 */
@Timeout(120)
class SubprocessesEndpointWebIntegrationTests {

	private ConfigurableApplicationContext context;

	@AfterEach
	void close() {
		this.context.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void showsLiveAndRecentProcesses(WebApplicationType type) throws Exception {
		start(type);
		ProcessLauncher launcher = this.context.getBean(ProcessLauncher.class);
		String id;
		try (ManagedProcess process = launcher.policy("nap").workingDirectory(Path.of("/tmp")).start()) {
			id = process.id();
			JsonNode all = json(get(""));
			assertThat(all.get("live").asInt()).isEqualTo(1);
			assertThat(all.get("started").asInt()).isEqualTo(1);
			assertThat(all.get("failedToStart").asInt()).isZero();
			assertThat(all.get("recent").size()).isZero();
			JsonNode nap = all.get("subprocesses").get(id);
			assertThat(nap.get("pid").asLong()).isEqualTo(process.pid());
			assertThat(nap.get("processGroup").asLong()).isEqualTo(process.pid());
			assertThat(nap.get("policy").asString()).isEqualTo("nap");
			assertThat(nap.get("state").asString()).isEqualTo("running");
			assertThat(nap.get("arguments").get(0).asString()).isEqualTo("******");
			assertThat(nap.get("workingDirectory").asString()).isEqualTo("******");
			assertThat(nap.get("session").asString()).isEqualTo("new-session");
			assertThat(nap.get("age").asString()).startsWith("PT");
			assertThat(nap.has("deadline")).isTrue();
			assertThat(json(get("/" + id)).get("id").asString()).isEqualTo(id);
			assertThat(json(get("?policy=nap&state=running")).get("subprocesses").size()).isEqualTo(1);
			assertThat(json(get("?policy=none")).get("subprocesses").size()).isZero();
			assertThat(json(get("?state=terminating")).get("subprocesses").size()).isZero();
			assertThat(get("?state=asleep").statusCode()).isEqualTo(400);
		}
		Polling.await(() -> json(get("")).get("recent").size() == 1);
		JsonNode recent = json(get("")).get("recent").get(0);
		assertThat(recent.get("id").asString()).isEqualTo(id);
		assertThat(recent.get("state").asString()).isEqualTo("ended");
		assertThat(recent.get("outcome").asString()).isEqualTo("cancelled");
		assertThat(recent.get("terminationReason").asString()).isEqualTo("cancel");
		assertThat(recent.get("status").asString()).isEqualTo("SIGTERM");
		assertThat(json(get("/" + id)).get("state").asString()).isEqualTo("ended");
		assertThat(get("/nonsense").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void endsNothingUnlessAccessIsUnrestricted(WebApplicationType type) throws Exception {
		start(type);
		try (ManagedProcess process = this.context.getBean(ProcessLauncher.class).policy("nap").start()) {
			assertThat(post("/" + process.id()).statusCode()).isEqualTo(405);
			assertThat(post("/" + process.id(), "{\"signal\":\"kill\"}").statusCode()).isEqualTo(405);
			assertThat(delete("/" + process.id()).statusCode()).isEqualTo(405);
			assertThat(process.isAlive()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void isNotThereUnlessExposed(WebApplicationType type) throws Exception {
		run(type);
		try (ManagedProcess process = this.context.getBean(ProcessLauncher.class).policy("nap").start()) {
			for (String path : List.of("/subprocesses", "/subprocesses/" + process.id(), "/subprocesspolicies",
					"/subprocesspolicies/nap")) {
				assertThat(send(HttpRequest.newBuilder().GET(), path).statusCode()).as("GET " + path).isEqualTo(404);
				assertThat(postTo(path, "{}").statusCode()).as("POST " + path).isEqualTo(404);
				assertThat(send(HttpRequest.newBuilder().DELETE(), path).statusCode()).as("DELETE " + path)
					.isEqualTo(404);
			}
			assertThat(process.isAlive()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void policiesAreReadOnlyWhateverTheirAccess(WebApplicationType type) throws Exception {
		run(type, "--management.endpoints.web.exposure.include=*",
				"--management.endpoint.subprocesspolicies.access=unrestricted");
		for (String path : List.of("/subprocesspolicies", "/subprocesspolicies/nap")) {
			assertThat(send(HttpRequest.newBuilder().GET(), path).statusCode()).isEqualTo(200);
			assertThat(postTo(path, "{}").statusCode()).isEqualTo(405);
			assertThat(send(HttpRequest.newBuilder().DELETE(), path).statusCode()).isEqualTo(405);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void endsAProcess(WebApplicationType type) throws Exception {
		start(type, "--management.endpoint.subprocesses.access=unrestricted");
		try (ManagedProcess process = this.context.getBean(ProcessLauncher.class).policy("nap").start()) {
			assertThat(post("/nonsense").statusCode()).isEqualTo(404);
			assertThat(post("/" + process.id()).statusCode()).isEqualTo(204);
			assertThat(process.result().get(20, TimeUnit.SECONDS)).satisfies((result) -> {
				assertThat(result.outcome()).isEqualTo(ProcessOutcome.CANCELLED);
				assertThat(result.status()).isEqualTo(new ExitStatus.Signalled(15, false));
			});
			Polling.await(() -> json(get("")).get("recent").size() == 1);
			JsonNode recent = json(get("")).get("recent").get(0);
			assertThat(recent.get("terminationReason").asString()).isEqualTo("operator");
			assertThat(post("/" + process.id()).statusCode()).isEqualTo(204);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void showsOneProcessInDetail(WebApplicationType type) throws Exception {
		start(type, "--management.endpoint.subprocesses.show-values=always",
				"--subprocess.policy.talk.command=/bin/sh,-c,echo hello; sleep 301 & wait",
				"--subprocess.policy.talk.limits.open-files=64");
		ProcessLauncher launcher = this.context.getBean(ProcessLauncher.class);
		try (ManagedProcess process = launcher.policy("talk").output(OutputTarget.capture()).start()) {
			Polling.await(() -> detail(process).has("outputTail") && detail(process).get("tree").size() == 1);
			JsonNode detail = detail(process);
			assertThat(detail.get("outputTail").asString()).isEqualTo("hello\n");
			assertThat(detail.get("figures").get("pid").asLong()).isEqualTo(process.pid());
			assertThat(detail.get("tree").get(0).get("name").asString()).isEqualTo("sleep");
			assertThat(detail.get("descriptors").get(0).get("target").asString()).isEqualTo("/dev/null");
			assertThat(detail.get("policy").get("limits.open-files").asString()).isEqualTo("64");
			assertThat(json(get("/" + process.id() + "?tail=3")).get("detail").get("outputTail").asString())
				.isEqualTo("lo\n");
			assertThat(get("/" + process.id() + "?tail=-1").statusCode()).isEqualTo(400);
		}
	}

	private JsonNode detail(ManagedProcess process) throws Exception {
		return json(get("/" + process.id())).get("detail");
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void signalsAndKillsAProcess(WebApplicationType type) throws Exception {
		start(type, "--management.endpoint.subprocesses.access=unrestricted");
		try (ManagedProcess process = this.context.getBean(ProcessLauncher.class).policy("nap").start()) {
			String path = "/" + process.id();
			assertThat(post(path, "{\"signal\":\"stop\",\"reason\":\"a look at it\"}").statusCode()).isEqualTo(204);
			Polling.await(() -> detail(process).get("figures").get("activity").asString().equals("stopped"));
			assertThat(post(path, "{\"signal\":\"nonsense\"}").statusCode()).isEqualTo(400);
			assertThat(delete(path + "?reason=" + "x".repeat(201)).statusCode()).isEqualTo(400);
			assertThat(process.isAlive()).isTrue();
			assertThat(delete(path + "?reason=done").statusCode()).isEqualTo(204);
			assertThat(process.result().get(20, TimeUnit.SECONDS).status())
				.isEqualTo(new ExitStatus.Signalled(9, false));
			assertThat(post(path, "{\"signal\":\"cont\"}").statusCode()).isEqualTo(409);
			assertThat(delete("/nonsense").statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void showsValuesWhereConfigured(WebApplicationType type) throws Exception {
		start(type, "--management.endpoint.subprocesses.show-values=always");
		try (ManagedProcess process = this.context.getBean(ProcessLauncher.class).policy("nap").start()) {
			assertThat(json(get("/" + process.id())).get("arguments").get(0).asString()).isEqualTo("300");
		}
	}

	private void start(WebApplicationType type, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--management.endpoints.web.exposure.include=subprocesses");
		run(type, all.toArray(String[]::new));
	}

	private void run(WebApplicationType type, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--server.port=0", "--spring.main.banner-mode=off",
				"--subprocess.policy.nap.command=/bin/sleep,300", "--subprocess.policy.nap.deadlines.wall=10m"));
		this.context = new SpringApplicationBuilder(Application.class).web(type).run(all.toArray(String[]::new));
	}

	private HttpResponse<String> get(String path) throws Exception {
		return send(HttpRequest.newBuilder().GET(), "/subprocesses" + path);
	}

	private HttpResponse<String> post(String path) throws Exception {
		return post(path, "{}");
	}

	private HttpResponse<String> post(String path, String body) throws Exception {
		return postTo("/subprocesses" + path, body);
	}

	private HttpResponse<String> postTo(String path, String body) throws Exception {
		return send(HttpRequest.newBuilder()
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)), path);
	}

	private HttpResponse<String> delete(String path) throws Exception {
		return send(HttpRequest.newBuilder().DELETE(), "/subprocesses" + path);
	}

	private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		URI uri = new URI("http://localhost:" + port + "/actuator" + path);
		// a connection of its own: one that is kept may be closed by the server meanwhile
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		return client.send(request.uri(uri).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static JsonNode json(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
