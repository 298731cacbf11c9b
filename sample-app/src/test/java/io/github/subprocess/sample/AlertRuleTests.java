// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The alerts, by the tool that comes with Prometheus, and what they tell an operator.
 */
class AlertRuleTests {

	private static final Path DOCS = Dashboards.DIRECTORY.getParent();

	private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

	private static final Pattern LINK = Pattern.compile("docs/([a-z-]+\\.md)(?:#([a-z0-9-]+))?");

	@Test
	void rulesAreValid() {
		assumePromtool();
		assertThat(Prometheus.promtool(Dashboards.DIRECTORY, "check", "rules", Dashboards.RULES)).contains("SUCCESS");
	}

	@Test
	void alertsFireWhenTheyShouldAndNotBefore() {
		assumePromtool();
		assertThat(Prometheus.promtool(Dashboards.DIRECTORY, "test", "rules", "subprocess-alerts-tests.yml"))
			.contains("SUCCESS");
	}

	@Test
	void everyAlertHasItsTestAndItsLineInTheDocumentation() throws Exception {
		List<String> alerts = alerts(Dashboards.rules());
		String tests = Files.readString(Dashboards.DIRECTORY.resolve("subprocess-alerts-tests.yml"));
		String documentation = Files.readString(DOCS.resolve("watching.md"));
		assertThat(alerts).hasSizeGreaterThan(10).doesNotHaveDuplicates().allSatisfy((alert) -> {
			assertThat(tests).contains("alertname: " + alert + "\n        exp_alerts:\n          - exp_labels:");
			assertThat(documentation).contains("| `" + alert + "` |");
		});
		assertThat(alerts(documentation.replace("| `Subprocess", "- alert: Subprocess"))).isSubsetOf(alerts);
	}

	@Test
	void everyAlertSaysWhatToDoAndWhereThatIsExplained() throws Exception {
		String rules = Dashboards.rules();
		int alerts = alerts(rules).size();
		for (String annotation : new String[] { "summary", "description", "runbook" }) {
			assertThat(Pattern.compile("(?m)^ {10}" + annotation + ": \".{20,}\"$").matcher(rules).results())
				.as(annotation)
				.hasSize(alerts);
		}
		Matcher link = LINK.matcher(rules);
		int links = 0;
		while (link.find()) {
			links++;
			assertThat(DOCS.resolve(link.group(1))).exists();
			if (link.group(2) != null) {
				assertThat(anchors(link.group(1))).contains(link.group(2));
			}
		}
		assertThat(links).isGreaterThanOrEqualTo(alerts);
	}

	private static void assumePromtool() {
		assumeTrue(Prometheus.isInstalled(), "No /usr/bin/promtool on this machine: the alerts are not tested");
	}

	private static List<String> alerts(String text) {
		return ALERT.matcher(text).results().map((match) -> match.group(1)).toList();
	}

	private static List<String> anchors(String document) throws IOException {
		return Files.readAllLines(DOCS.resolve(document))
			.stream()
			.filter((line) -> line.startsWith("#"))
			.map((line) -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
			.map((heading) -> heading.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
			.toList();
	}

}
