// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessExitException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.Polling;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The reference of the endpoints has their operations, what they answer, examples that
 * were answered by a real application with real processes, and all fields.
 */
@Timeout(180)
class EndpointReferenceTests {

	private static final Path DOCUMENT = Path.of("../docs/endpoint.md");

	private static final String PROCESSES = "/actuator/subprocesses";

	private static final String POLICIES = "/actuator/subprocesspolicies";

	private static final String ID = "7f3a9c21";

	private static final String ENDED_ID = "c4e01b97";

	/**
	 * What was answered before there were other processes, by path.
	 */
	private static final Map<String, HttpResponse<String>> EXAMPLES = new HashMap<>();

	private static final Map<String, Class<?>> EXTENSIONS = Map.of("subprocesses",
			SubprocessesEndpointWebExtension.class, "subprocesspolicies", SubprocessPoliciesEndpointWebExtension.class);

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final StableJson JSON = new StableJson();

	private static ConfigurableApplicationContext context;

	private static ManagedProcess process;

	private static String ended;

	@BeforeAll
	static void run() throws Exception {
		context = run("--spring.config.location=classpath:/endpoint-reference/");
		ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
		assertThatExceptionOfType(ProcessExitException.class)
			.isThrownBy(() -> launcher.command("/bin/sh", "-c", "echo page 4 is torn >&2; exit 3").run());
		Polling.await(() -> launcher.processes().recent().size() == 1);
		ended = launcher.processes().recent().get(0).id();
		process = launcher.policy("transcode").output(OutputTarget.capture()).start();
		Polling.await(() -> {
			JsonNode detail = JsonMapper.shared().readTree(get(PROCESSES + "/" + process.id()).body()).get("detail");
			return detail.has("outputTail") && detail.get("tree").size() == 1
					&& detail.get("tree").get(0).get("name").asString().equals("sleep");
		});
		JSON.rename(process.id(), ID)
			.rename(ended, ENDED_ID)
			.renumber(process.pid(), 48213)
			.renumber(launcher.processes().inspect(process.id(), 0).orElseThrow().descendants().get(0).pid(), 48214)
			.renumber(launcher.processes().recent().get(0).pid(), 48190)
			.renumber(ProcessHandle.current().pid(), 48101);
		EXAMPLES.put(PROCESSES, get(PROCESSES));
		EXAMPLES.put(PROCESSES + "/" + ID, get(PROCESSES + "/" + process.id()));
		EXAMPLES.put(PROCESSES + "/" + ENDED_ID, get(PROCESSES + "/" + ended));
		EXAMPLES.put(POLICIES, get(POLICIES));
		EXAMPLES.put(POLICIES + "/transcode", get(POLICIES + "/transcode"));
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		List<String> all = new ArrayList<>(
				List.of("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off"));
		all.addAll(List.of(arguments));
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.run(all.toArray(String[]::new));
	}

	@AfterAll
	static void close() {
		process.close();
		context.close();
	}

	@Test
	void documentationShowsTheOperations() throws Exception {
		for (String id : List.of("subprocesses", "subprocesspolicies")) {
			ExposableWebEndpoint endpoint = context.getBean(WebEndpointsSupplier.class)
				.getEndpoints()
				.stream()
				.filter((candidate) -> candidate.getEndpointId().toString().equals(id))
				.findFirst()
				.orElseThrow();
			SourceJavadoc source = new SourceJavadoc(EXTENSIONS.get(id));
			List<Method> methods = Arrays.stream(EXTENSIONS.get(id).getDeclaredMethods())
				.filter((method) -> !httpMethod(method).isEmpty())
				.sorted(Comparator
					.comparing((Method method) -> List.of("GET", "POST", "DELETE").indexOf(httpMethod(method)))
					.thenComparing(EndpointReferenceTests::path))
				.toList();
			assertThat(endpoint.getOperations())
				.extracting((operation) -> operation.getRequestPredicate().getHttpMethod() + " "
						+ operation.getRequestPredicate().getPath())
				.containsExactlyInAnyOrderElementsOf(
						methods.stream().map((method) -> httpMethod(method) + " " + id + path(method)).toList());
			StringBuilder table = new StringBuilder("| request | | parameters |\n|---|---|---|\n");
			for (Method method : methods) {
				table.append("| `%s /actuator/%s%s` | %s | %s |\n".formatted(httpMethod(method), id, path(method),
						source.ofMethod(method.getName()), parameters(method, source)));
			}
			new GeneratedBlock(DOCUMENT, "operations of " + id).hasContent(table.toString());
		}
	}

	private static String httpMethod(Method method) {
		if (method.isAnnotationPresent(ReadOperation.class)) {
			return "GET";
		}
		if (method.isAnnotationPresent(WriteOperation.class)) {
			return "POST";
		}
		return method.isAnnotationPresent(DeleteOperation.class) ? "DELETE" : "";
	}

	private static String path(Method method) {
		return Arrays.stream(method.getParameters())
			.filter((parameter) -> parameter.isAnnotationPresent(Selector.class))
			.map((parameter) -> "/{" + parameter.getName() + "}")
			.collect(Collectors.joining());
	}

	private static String parameters(Method method, SourceJavadoc source) {
		Map<String, String> meanings = source.parametersOf(method.getName());
		return Arrays.stream(method.getParameters())
			.filter((parameter) -> parameter.getType() != SecurityContext.class)
			.map((parameter) -> "`" + parameter.getName() + "` (" + place(method, parameter) + "): "
					+ meaning(meanings, method, parameter))
			.collect(Collectors.joining("<br>"));
	}

	private static String place(Method method, Parameter parameter) {
		if (parameter.isAnnotationPresent(Selector.class)) {
			return "path";
		}
		return httpMethod(method).equals("POST") ? "body" : "query";
	}

	private static String meaning(Map<String, String> meanings, Method method, Parameter parameter) {
		String meaning = meanings.get(parameter.getName());
		assertThat(meaning).as("what is said of " + parameter.getName() + " of " + method).isNotBlank();
		return meaning;
	}

	@Test
	void documentationShowsExamples() throws Exception {
		example("list of processes", PROCESSES);
		example("live process", PROCESSES + "/" + ID);
		example("ended process", PROCESSES + "/" + ENDED_ID);
		example("all policies", POLICIES);
		example("one policy", POLICIES + "/transcode");
	}

	private static void example(String name, String path) throws IOException {
		HttpResponse<String> response = EXAMPLES.get(path);
		assertThat(response.statusCode()).as(path).isEqualTo(200);
		assertThat(response.body()).doesNotContain("t0p-s3cr3t");
		String json = JSON.write(response.body()).replace("[endpoint-reference/application.yml]", "[application.yml]");
		new GeneratedBlock(DOCUMENT, name).hasContent("```\nGET " + path + "\n```\n\n```json\n" + json + "\n```\n");
	}

	/**
	 * Each answer is one that was given. The process of the examples goes on.
	 */
	@Test
	void documentationShowsTheAnswers() throws Exception {
		ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
		try (ManagedProcess ends = launcher.command("/bin/sleep", "300").start();
				ManagedProcess killed = launcher.command("/bin/sleep", "300").start()) {
			List<String> rows = new ArrayList<>();
			rows.add(row("GET " + PROCESSES, "", get(PROCESSES), 200));
			rows.add(
					row("GET " + PROCESSES, "`state` is none: `?state=asleep`", get(PROCESSES + "?state=asleep"), 400));
			String one = PROCESSES + "/" + ends.id();
			rows.add(row("GET " + PROCESSES + "/{id}", "", get(one), 200));
			rows.add(row("GET " + PROCESSES + "/{id}", "`tail` is out of range: `?tail=-1`", get(one + "?tail=-1"),
					400));
			rows.add(row("GET " + PROCESSES + "/{id}", "the id is unknown or forgotten", get(PROCESSES + "/nobody"),
					404));
			String request = "POST " + PROCESSES + "/{id}";
			rows.add(row(request, "`{\"signal\": \"cont\", \"reason\": \"to see\"}`: it is signalled alone",
					post(one, "{\"signal\": \"cont\", \"reason\": \"to see\"}"), 204));
			rows.add(row(request, "`{\"signal\": \"nonsense\"}`: there is no such signal",
					post(one, "{\"signal\": \"nonsense\"}"), 400));
			rows.add(row(request, "`reason` has more than 200 characters, or control characters",
					post(one, "{\"reason\": \"" + "x".repeat(201) + "\"}"), 400));
			rows.add(row(request, "there is no body, or it is not JSON",
					send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()), one), 415));
			rows.add(row(request, "`{}`: it is being ended", post(one, "{}"), 204));
			ends.result().get(30, TimeUnit.SECONDS);
			Polling.await(() -> get(one).body().contains("\"ended\""));
			rows.add(row(request, "`{}`: it has ended already", post(one, "{}"), 204));
			rows.add(row(request, "`{\"signal\": \"cont\"}`: there is nobody left to be signalled",
					post(one, "{\"signal\": \"cont\"}"), 409));
			rows.add(row(request, "the id is unknown or forgotten", post(PROCESSES + "/nobody", "{}"), 404));
			request = "DELETE " + PROCESSES + "/{id}";
			String other = PROCESSES + "/" + killed.id();
			rows.add(row(request, "`reason` has more than 200 characters, or control characters",
					delete(other + "?reason=" + "x".repeat(201)), 400));
			rows.add(row(request, "it is being ended by SIGKILL", delete(other + "?reason=done"), 204));
			rows.add(row(request, "the id is unknown or forgotten", delete(PROCESSES + "/nobody"), 404));
			rows.addAll(refusals());
			block("answers of subprocesses", rows);
		}
		block("answers of subprocesspolicies", List.of(row("GET " + POLICIES, "", get(POLICIES), 200),
				row("GET " + POLICIES + "/{name}", "", get(POLICIES + "/transcode"), 200),
				row("GET " + POLICIES + "/{name}", "there is no such policy", get(POLICIES + "/nobody"), 404),
				row("POST, DELETE", "always: there is nothing to write", post(POLICIES + "/transcode", "{}"), 405)));
	}

	private static List<String> refusals() throws Exception {
		ConfigurableApplicationContext unrestricted = context;
		try (ConfigurableApplicationContext usual = run("--management.endpoints.web.exposure.include=subprocesses")) {
			context = usual;
			try (ManagedProcess one = usual.getBean(ProcessLauncher.class).command("/bin/sleep", "300").start()) {
				String path = PROCESSES + "/" + one.id();
				assertThat(delete(path).statusCode()).isEqualTo(405);
				String row = row("POST, DELETE", "`access` is `read-only`, which is the default", post(path, "{}"),
						405);
				assertThat(one.isAlive()).isTrue();
				return List.of(row,
						row("any", "the endpoint is not exposed, which is the default", get(POLICIES), 404));
			}
		}
		finally {
			context = unrestricted;
		}
	}

	private static void block(String name, List<String> rows) throws IOException {
		new GeneratedBlock(DOCUMENT, name)
			.hasContent("| request | when | status |\n|---|---|---|\n" + String.join("", rows));
	}

	private static String row(String request, String when, HttpResponse<String> response, int expected) {
		assertThat(response.statusCode()).as(request + ", " + when + ": " + response.body()).isEqualTo(expected);
		return "| `" + request + "` | " + when + " | " + response.statusCode() + " |\n";
	}

	@Test
	void documentationShowsAllFields() throws Exception {
		FieldTable tables = new FieldTable();
		new GeneratedBlock(DOCUMENT, "fields of subprocesses").hasContent(tables.of(SubprocessesDescriptor.class));
		new GeneratedBlock(DOCUMENT, "fields of subprocesspolicies").hasContent(tables.of(PoliciesDescriptor.class));
		try (Stream<Path> sources = Files.list(SourceJavadoc.SOURCES)) {
			assertThat(sources.map((source) -> source.getFileName().toString())
				.filter((name) -> name.endsWith("Descriptor.java"))).containsExactlyInAnyOrderElementsOf(
						tables.records().stream().map((type) -> type.getSimpleName() + ".java").toList());
		}
	}

	private static HttpResponse<String> get(String path) throws Exception {
		return send(HttpRequest.newBuilder().GET(), path);
	}

	private static HttpResponse<String> post(String path, String body) throws Exception {
		return send(HttpRequest.newBuilder()
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)), path);
	}

	private static HttpResponse<String> delete(String path) throws Exception {
		return send(HttpRequest.newBuilder().DELETE(), path);
	}

	private static HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		return CLIENT.send(
				request.uri(new URI("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(30)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
