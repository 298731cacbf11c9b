// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Jobs, and what Actuator tells about them.
 */
@FileServiceTest
class JobTests {

	@LocalServerPort
	private int port;

	private ServiceClient service;

	@BeforeEach
	void setUp() {
		this.service = new ServiceClient(this.port);
	}

	@Test
	void jobIsSeenAndStopped() throws Exception {
		HttpResponse<String> started = this.service.post("/jobs/patrol");
		assertThat(started.statusCode()).isEqualTo(202);
		String id = JsonPath.read(started.body(), "$.id");
		String location = started.headers().firstValue("Location").orElseThrow();
		assertThat(location).endsWith("/actuator/subprocesses/" + id);
		Map<String, Object> job = this.service.getJson("/actuator/subprocesses", "$.subprocesses." + id);
		assertThat(job).containsEntry("policy", "patrol")
			.containsEntry("state", "running")
			.containsEntry("session", "new-session")
			.containsEntry("pid", JsonPath.<Integer>read(started.body(), "$.pid"))
			.containsKeys("age", "deadline", "processGroup", "program");
		assertThat(this.service.post("/actuator/subprocesses/" + id).statusCode()).isEqualTo(204);
		Map<String, Object> ended = awaitEnd(id);
		assertThat(ended).containsEntry("outcome", "cancelled")
			.containsEntry("status", "SIGTERM")
			.containsEntry("terminationReason", "operator")
			.containsEntry("forced", false);
	}

	@Test
	void jobThatIgnoresTheSignalIsKilled() throws Exception {
		String id = JsonPath.read(this.service.post("/jobs/stubborn").body(), "$.id");
		assertThat(this.service.post("/actuator/subprocesses/" + id).statusCode()).isEqualTo(204);
		assertThat(awaitEnd(id)).containsEntry("status", "SIGKILL").containsEntry("forced", true);
	}

	@Test
	void jobThatCannotBeStartedIsAProblem() throws Exception {
		HttpResponse<String> response = this.service.post("/jobs/missing-directory");
		assertThat(response.statusCode()).isEqualTo(422);
		assertThat(JsonPath.<String>read(response.body(), "$.step")).isEqualTo("chdir");
	}

	@Test
	void jobForWhichThereIsNoPlaceIsAProblem() throws Exception {
		String id = JsonPath.read(this.service.post("/jobs/one-at-a-time").body(), "$.id");
		HttpResponse<String> response = this.service.post("/jobs/one-at-a-time");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(JsonPath.<String>read(response.body(), "$.title")).isEqualTo("Too many at once");
		assertThat(JsonPath.<String>read(response.body(), "$.reason")).isEqualTo("queue-full");
		this.service.post("/actuator/subprocesses/" + id);
		awaitEnd(id);
	}

	@Test
	void unknownJobIsNotFound() throws Exception {
		assertThat(this.service.post("/jobs/format-disk").statusCode()).isEqualTo(404);
	}

	@Test
	void startsAreMeasuredAndFailuresCountedByStep() throws Exception {
		this.service.postFile("count", new byte[0]);
		this.service.post("/jobs/missing-program");
		this.service.post("/jobs/missing-directory");
		String samples = this.service.get("/actuator/prometheus").body();
		assertThat(samples.lines()).anyMatch(sample("subprocess_spawn_seconds_count", "policy=\"count\""))
			.anyMatch(sample("subprocess_spawn_seconds_bucket", "policy=\"count\""))
			.anyMatch(
					sample("subprocess_spawn_failures_total", "policy=\"missing-program\"", "exec", "errno=\"ENOENT\""))
			.anyMatch(sample("subprocess_spawn_failures_total", "policy=\"missing-directory\"", "chdir",
					"errno=\"ENOENT\""));
	}

	@Test
	void policiesAreToldWithoutTheirArguments() throws Exception {
		String info = this.service.get("/actuator/info").body();
		assertThat(JsonPath.<String>read(info, "$.policies.compress.program")).isEqualTo("gzip");
		assertThat(JsonPath.<String>read(info, "$.policies.compress.timeout")).isEqualTo("PT10M");
		assertThat(JsonPath.<String>read(info, "$.policies.stubborn.gracePeriod")).isEqualTo("PT3S");
		assertThat(info).doesNotContain("north");
	}

	private Map<String, Object> awaitEnd(String id) {
		return await().atMost(Duration.ofSeconds(20)).until(() -> {
			List<Map<String, Object>> ended = this.service.getJson("/actuator/subprocesses",
					"$.recent[?(@.id == '" + id + "')]");
			return ended.isEmpty() ? Map.<String, Object>of() : ended.get(0);
		}, (ended) -> !ended.isEmpty());
	}

	private static Predicate<String> sample(String name, String... labels) {
		return (line) -> line.startsWith(name) && List.of(labels).stream().allMatch(line::contains);
	}

}
