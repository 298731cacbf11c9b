// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.jayway.jsonpath.JsonPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Lets a service see all that a launch can come to, so that each of its meters has
 * something to tell.
 */
final class EveryOutcome {

	private final ServiceClient service;

	EveryOutcome(ServiceClient service) {
		this.service = service;
	}

	/**
	 * Returns when all of it has happened and nothing is left.
	 */
	void happen() throws Exception {
		succeeds();
		fails();
		cannotBeStarted();
		isStartedWithout();
		findsNoPlace();
		leavesSomebodyBehind();
	}

	private void succeeds() throws Exception {
		byte[] text = "some text\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
		assertThat(this.service.postFile("compress", text).statusCode()).isEqualTo(200);
	}

	private void fails() throws Exception {
		assertThat(this.service.postFile("decompress", new byte[10]).statusCode()).isEqualTo(502);
		assertThat(this.service.postFile("nap", new byte[0]).statusCode()).isEqualTo(504);
		awaitEnd(start("half"));
	}

	private void cannotBeStarted() throws Exception {
		assertThat(this.service.post("/jobs/missing-program").statusCode()).isEqualTo(422);
		assertThat(this.service.post("/jobs/missing-directory").statusCode()).isEqualTo(422);
	}

	private void isStartedWithout() throws Exception {
		end(start("refused-cgroup"));
	}

	private void findsNoPlace() throws Exception {
		String holder = start("one-at-a-time");
		assertThat(this.service.post("/jobs/one-at-a-time").statusCode()).isEqualTo(503);
		end(holder);
	}

	private void leavesSomebodyBehind() throws Exception {
		String id = start("deserter");
		await().atMost(Duration.ofSeconds(20))
			.until(() -> this.service.<String>getJson("/actuator/subprocesses/" + id, "$.detail.figures.name")
				.equals("sleep"));
		end(id);
	}

	private String start(String policy) throws Exception {
		return JsonPath.read(this.service.post("/jobs/" + policy).body(), "$.id");
	}

	private void end(String id) throws Exception {
		assertThat(this.service.post("/actuator/subprocesses/" + id).statusCode()).isEqualTo(204);
		awaitEnd(id);
	}

	private void awaitEnd(String id) {
		await().atMost(Duration.ofSeconds(20))
			.until(() -> this.service.<String>getJson("/actuator/subprocesses/" + id, "$.state").equals("ended"));
	}

}
