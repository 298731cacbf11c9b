// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What programs write, as it is written.
 */
@FileServiceTest
class OutputTests {

	@LocalServerPort
	private int port;

	@Autowired
	private OutputViewers viewers;

	@Autowired
	private OutputProperties properties;

	private ServiceClient service;

	private final List<String> started = new ArrayList<>();

	@BeforeEach
	void setUp() {
		this.service = new ServiceClient(this.port);
	}

	@AfterEach
	void nobodyLooksOnAnyMore() throws Exception {
		for (String id : this.started) {
			this.service.post("/actuator/subprocesses/" + id);
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> this.viewers.places() == this.properties.viewers());
	}

	@Test
	void outputComesAsItIsWrittenUntilTheEnd() throws Exception {
		try (EventStream events = this.service.events(output(start("convert")))) {
			assertThat(events.contentType()).startsWith("text/event-stream");
			StringBuilder text = new StringBuilder();
			int pieces = 0;
			Map<String, String> event = events.next();
			while (event.get("event").equals("output")) {
				text.append(JsonPath.<String>read(event.get("data"), "$.text"));
				pieces++;
				event = events.next();
			}
			assertThat(text.toString()).isEqualTo("page 1\npage 2\npage 3\npage 4 is torn\n");
			assertThat(pieces).isGreaterThan(1);
			assertThat(event).containsEntry("event", "end");
			assertThat(JsonPath.<Map<String, String>>read(event.get("data"), "$")).containsEntry("outcome", "failure")
				.containsEntry("status", "exit code 3");
			assertThat(events.next()).isEmpty();
		}
	}

	@Test
	void whoLostTheConnectionGoesOnWhereItWas() throws Exception {
		String id = start("convert");
		String position;
		try (EventStream events = this.service.events(output(id))) {
			Map<String, String> first = events.next("output");
			assertThat(first.get("data")).contains("page 1");
			position = first.get("id");
		}
		try (EventStream events = this.service.events(output(id), "Last-Event-ID", position)) {
			StringBuilder rest = new StringBuilder();
			for (Map<String, String> event = events.next(); event.get("event")
				.equals("output"); event = events.next()) {
				rest.append(event.get("data"));
			}
			assertThat(rest).contains("page 4 is torn").doesNotContain("page 1");
		}
	}

	@Test
	void whatWasWrittenBeforeTheEndIsShownAfterIt() throws Exception {
		String id = start("convert");
		try (EventStream events = this.service.events(output(id))) {
			assertThat(events.next("end")).isNotEmpty();
		}
		try (EventStream events = this.service.events(output(id))) {
			assertThat(events.next("output").get("data")).contains("page 1").contains("page 4 is torn");
			assertThat(events.next()).containsEntry("event", "end");
		}
	}

	@Test
	void clientsThatHaveGoneAreForgotten() throws Exception {
		String id = start("patrol");
		for (int client = 0; client < this.properties.viewers() + 2; client++) {
			try (EventStream events = this.service.events(output(id))) {
				assertThat(events.statusCode()).isEqualTo(200);
				assertThat(events.next("output").get("data")).contains("quiet");
			}
			await().atMost(Duration.ofSeconds(30)).until(() -> this.viewers.places() == this.properties.viewers());
		}
	}

	@Test
	void oneMoreThanMayLookOnIsRefused() throws Exception {
		String id = start("stubborn");
		List<EventStream> looking = new ArrayList<>();
		for (int client = 0; client < this.properties.viewers(); client++) {
			looking.add(this.service.events(output(id)));
		}
		assertThat(looking).extracting(EventStream::statusCode).containsOnly(200);
		assertThat(this.service.get(output(id)).statusCode()).isEqualTo(503);
		this.service.delete("/actuator/subprocesses/" + id);
		for (EventStream events : looking) {
			assertThat(events.next()).containsEntry("event", "end");
			events.close();
		}
	}

	@Test
	void outputOfOtherPoliciesIsHidden() throws Exception {
		assertThat(this.service.get(output(start("nap"))).statusCode()).isEqualTo(403);
		assertThat(this.service.getJson("/actuator/info", "$.policies.nap.output").toString()).isEqualTo("hidden");
		assertThat(this.service.getJson("/actuator/info", "$.policies.patrol.output").toString()).isEqualTo("shown");
	}

	@Test
	void unknownProcessIsNotFound() throws Exception {
		assertThat(this.service.get(output("00000000")).statusCode()).isEqualTo(404);
	}

	@Test
	void pageOfAnotherSiteDoesNotGetIt() throws Exception {
		String path = output(start("convert"));
		assertThat(this.service.events(path, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
		assertThat(this.service.events(path, "Origin", "https://example.org").statusCode()).isEqualTo(403);
	}

	private String start(String policy) throws Exception {
		String id = JsonPath.read(this.service.post("/jobs/" + policy).body(), "$.id");
		this.started.add(id);
		return id;
	}

	private static String output(String id) {
		return "/processes/" + id + "/output";
	}

}
