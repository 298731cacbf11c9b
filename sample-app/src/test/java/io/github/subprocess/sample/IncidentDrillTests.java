// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * An operator at three in the morning: an alert has fired, the page shows which program
 * it is, and one action ends it. With a real browser and a real Prometheus.
 */
@Timeout(300)
class IncidentDrillTests extends OpenPage {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private static Path directory;

	private static Prometheus prometheus;

	@BeforeEach
	void watch() throws Exception {
		assumeTrue(Prometheus.isInstalled(),
				"No /usr/bin/prometheus with /usr/bin/promtool on this machine: no incident is drilled");
		if (prometheus == null) {
			prometheus = new Prometheus(directory, this.port, DrillRules.text());
		}
	}

	@AfterEach
	void noErrorWasLogged() {
		assertThat(browser.errors().stream().filter((error) -> !error.contains("/jobs/")).toList()).isEmpty();
	}

	@AfterAll
	static void watchNoMore() {
		if (prometheus != null) {
			prometheus.close();
			prometheus = null;
		}
	}

	@ParameterizedTest
	@EnumSource
	void incidentIsSeenAndEndedByOneAction(Incident incident) throws Exception {
		assertThat(alerts(incident)).as("alerts before the incident").isEmpty();
		switch (incident) {
			case MISSING_BINARY -> programIsMissing(incident);
			case EXHAUSTED -> placesAreExhausted(incident);
			default -> processMisbehaves(incident);
		}
	}

	private void processMisbehaves(Incident incident) throws Exception {
		String id = start(incident.policy());
		browser.awaitVisible(live(id));
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(browser.find(live(id) + " .marks").getText()).contains(incident.sign()));
		assertThat(browser.find("#total-attention").getText()).isEqualTo("1");
		assertEndpointShows(incident, id);
		awaitAlert(incident);
		end(incident, id);
		await().atMost(PATIENCE).until(() -> alerts(incident).isEmpty());
	}

	private void programIsMissing(Incident incident) throws Exception {
		int failedBefore = this.service.getJson("/actuator/subprocesses", "$.failedToStart");
		browser.find("#start-policy option[value=" + incident.policy() + "]").click();
		browser.find("#start-button").click();
		assertThat(browser.awaitVisible("#message[data-kind=bad]").getText()).contains(incident.sign())
			.contains("/no/such/converter");
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(browser.find("#failures tbody").getText()).contains(incident.policy())
				.contains("exec")
				.contains("no such file or directory"));
		assertThat(this.service.<Integer>getJson("/actuator/subprocesses", "$.failedToStart"))
			.isEqualTo(failedBefore + 1);
		awaitAlert(incident);
		assertThat(alerts(incident))
			.allSatisfy((labels) -> assertThat(labels).containsEntry("step", "exec").containsEntry("errno", "ENOENT"));
		assertThat(this.service.<Integer>getJson("/actuator/subprocesses", "$.live")).as("nothing to end").isZero();
	}

	private void placesAreExhausted(Incident incident) throws Exception {
		String holder = start(incident.policy());
		assertThat(this.service.post("/jobs/" + incident.policy()).statusCode()).isEqualTo(503);
		String limit = ".limit.full[data-policy=" + incident.policy() + "]";
		browser.awaitVisible(limit);
		await().atMost(PATIENCE)
			.untilAsserted(
					() -> assertThat(browser.find(limit).getText()).contains(incident.sign()).contains("refused"));
		assertThat(this.service.<Integer>getJson("/actuator/subprocesses?policy=" + incident.policy(), "$.live"))
			.isEqualTo(1);
		awaitAlert(incident);
		assertThat(prometheus.firing("SubprocessRejecting")).anyMatch(incident::isMeantBy);
		end(incident, holder);
		assertThat(this.service.post("/jobs/" + incident.policy()).statusCode()).as("there is a place again")
			.isEqualTo(202);
		await().atMost(PATIENCE).until(() -> alerts(incident).isEmpty());
	}

	private void assertEndpointShows(Incident incident, String id) throws Exception {
		String process = "/actuator/subprocesses/" + id;
		switch (incident) {
			case STUCK -> {
				assertThat(this.service.<String>getJson(process, "$.detail.figures.activity")).isEqualTo("sleeping");
				assertThat(Duration.parse(this.service.getJson(process, "$.detail.deadlinesLeft.idle")))
					.isLessThan(Duration.ofSeconds(80));
			}
			case FORK_BOMB -> assertThat(pids(id)).hasSize(61);
			case MEMORY_HOG -> {
				List<Integer> sizes = this.service.getJson(process, "$.detail.tree[*].residentBytes");
				assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isGreaterThan(134_217_728);
			}
			default -> throw new IllegalArgumentException("There is no process of " + incident);
		}
	}

	/**
	 * One action, with its question, by which the process and all that it has started
	 * end.
	 */
	private void end(Incident incident, String id) throws Exception {
		List<Integer> pids = pids(id);
		browser.screenshotOfAll("incident-" + incident.policy());
		if (incident.signal().equals("SIGKILL")) {
			open("#process=" + id);
			browser.awaitVisible("#action-kill").click();
		}
		else {
			browser.find(live(id) + " .stop").click();
		}
		assertThat(browser.awaitVisible("#stop-dialog").getText()).contains(incident.policy())
			.contains(incident.signal());
		browser.find("#stop-reason").sendKeys("drill");
		browser.find("#stop-confirm").click();
		browser.awaitGone(live(id));
		assertThat(browser.awaitVisible(recent(id)).getText()).contains(incident.policy()).contains(incident.signal());
		assertThat(pids).allSatisfy((pid) -> assertThat(runs(pid)).as("process " + pid).isFalse());
	}

	private List<Integer> pids(String id) throws Exception {
		List<Integer> pids = new ArrayList<>();
		pids.add(this.service.getJson("/actuator/subprocesses/" + id, "$.detail.figures.pid"));
		pids.addAll(this.service.<List<Integer>>getJson("/actuator/subprocesses/" + id, "$.detail.tree[*].pid"));
		return pids;
	}

	/**
	 * Return whether a process is there and no zombie.
	 */
	private static boolean runs(int pid) throws IOException {
		try {
			String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
			return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	private void awaitAlert(Incident incident) {
		await().atMost(PATIENCE).until(() -> !alerts(incident).isEmpty());
	}

	private List<Map<String, String>> alerts(Incident incident) throws Exception {
		return prometheus.firing(incident.alert()).stream().filter(incident::isMeantBy).toList();
	}

}
