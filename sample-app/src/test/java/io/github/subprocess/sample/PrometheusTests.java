// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A real Prometheus reads the service: each panel of the dashboard has something to show,
 * and the alerts are evaluated.
 */
@FileServiceTest
@Timeout(300)
class PrometheusTests {

	@LocalServerPort
	private int port;

	@Test
	void everyPanelHasDataAndEveryAlertIsEvaluated(@TempDir Path directory) throws Exception {
		assumeTrue(Prometheus.isInstalled(),
				"No /usr/bin/prometheus with /usr/bin/promtool on this machine: the dashboard is not tried");
		EveryOutcome everyOutcome = new EveryOutcome(new ServiceClient(this.port));
		everyOutcome.happen();
		try (Prometheus prometheus = new Prometheus(directory, this.port, Dashboards.rules())) {
			await().atMost(Duration.ofSeconds(60))
				.until(() -> prometheus.values("subprocess_left_overs_total").size() == 1);
			// rates are seen of what happens between two readings
			everyOutcome.happen();
			await().atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(withoutData(prometheus)).as("queries without data").isEmpty());
			int alerts = (int) Pattern.compile("- alert: ").matcher(Dashboards.rules()).results().count();
			await().atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(prometheus.rules()).hasSize(alerts)
					.allSatisfy((rule) -> assertThat(rule.get("health")).as(rule.get("name")).isEqualTo("ok")));
			assertThat(prometheus.firing("SubprocessLauncherBroken")).isEmpty();
		}
	}

	private static List<String> withoutData(Prometheus prometheus) throws Exception {
		List<String> without = new ArrayList<>();
		for (Dashboards.Query query : Dashboards.queries()) {
			if (!query.isOfCgroups() && prometheus.values(query.ofEverything()).stream().noneMatch(Double::isFinite)) {
				without.add(query.panel() + ": " + query.expression());
			}
		}
		return without;
	}

}
