// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
import io.github.subprocess.boot.metrics.SubprocessMeters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard and the alerts ask for what the service really exports.
 */
@FileServiceTest
@TestInstance(Lifecycle.PER_CLASS)
class DashboardTests {

	private static final Set<String> BUILT_IN_PANELS = Set.of("row", "stat", "table", "timeseries", "heatmap");

	private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{(\\w+)}}");

	private static final Pattern VARIABLE_QUERY = Pattern.compile("label_values\\((.+), (\\w+)\\)");

	private static final Pattern RULE_EXPRESSION = Pattern.compile("expr: >-\\n((?: {10,}.*\\n)+)");

	@LocalServerPort
	private int port;

	private Exposition exposition;

	@BeforeAll
	void letEverythingHappen() throws Exception {
		ServiceClient service = new ServiceClient(this.port);
		new EveryOutcome(service).happen();
		this.exposition = new Exposition(service.get("/actuator/prometheus").body());
	}

	@Test
	void everyQueryOfThePanelsNamesMetersAndLabelsThatAreExported() throws Exception {
		List<Dashboards.Query> queries = Dashboards.queries();
		assertThat(queries).hasSizeGreaterThan(40);
		for (Dashboards.Query query : queries) {
			if (query.isOfCgroups()) {
				assertDocumented(query);
				continue;
			}
			assertExported(query.panel(), query.expression());
			assertThat(PromQl.grouping(query.expression())).as("labels in the legend of '%s'", query.panel())
				.containsAll(labels(query.legend()));
		}
	}

	@Test
	void everyVariableIsFilledFromMetersThatAreExported() throws Exception {
		List<String> definitions = JsonPath.read(Dashboards.json(),
				"$.templating.list[?(@.type == 'query')].query.query");
		assertThat(definitions).hasSize(3);
		for (String definition : definitions) {
			MatchResult match = VARIABLE_QUERY.matcher(definition).results().findFirst().orElseThrow();
			assertExported(definition, match.group(1));
			assertThat(PromQl.metrics(match.group(1)).keySet())
				.allSatisfy((metric) -> assertThat(this.exposition.labels(metric)).as("labels of %s", metric)
					.contains(match.group(2)));
		}
	}

	@Test
	void everyAlertNamesMetersAndLabelsThatAreExported() throws Exception {
		List<String> expressions = RULE_EXPRESSION.matcher(Dashboards.rules())
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(expressions)
			.hasSameSizeAs(Pattern.compile("- alert: ").matcher(Dashboards.rules()).results().toList());
		for (String expression : expressions) {
			assertExported("an alert", expression);
		}
	}

	@Test
	void everyMeterIsOnTheDashboard() throws Exception {
		String queries = Dashboards.queries().stream().map(Dashboards.Query::expression).reduce("", String::concat);
		for (SubprocessMeters meter : SubprocessMeters.values()) {
			assertThat(queries).contains(meter.getName().replace('.', '_'));
		}
	}

	@Test
	void dashboardNeedsNoPluginAndItsPanelsDoNotOverlap() throws Exception {
		List<Map<String, Object>> panels = JsonPath.read(Dashboards.json(), "$.panels[*]");
		assertThat(panels).extracting((panel) -> (String) panel.get("type")).isSubsetOf(BUILT_IN_PANELS);
		assertThat(panels).extracting((panel) -> (Integer) panel.get("id")).doesNotHaveDuplicates();
		List<String> taken = new ArrayList<>();
		for (Map<String, Object> panel : panels) {
			Map<String, Integer> place = JsonPath.read(panel, "$.gridPos");
			assertThat(place.get("x") + place.get("w")).as("right edge of %s", panel.get("title"))
				.isLessThanOrEqualTo(24);
			for (int column = place.get("x"); column < place.get("x") + place.get("w"); column++) {
				for (int line = place.get("y"); line < place.get("y") + place.get("h"); line++) {
					taken.add(column + " " + line);
				}
			}
		}
		assertThat(taken).doesNotHaveDuplicates();
		List<String> sources = JsonPath.read(Dashboards.json(), "$.panels[?(@.targets)].datasource.uid");
		assertThat(sources).isNotEmpty().containsOnly("${datasource}");
	}

	private void assertExported(String where, String expression) {
		Map<String, Set<String>> metrics = PromQl.metrics(expression);
		assertThat(metrics).as("metrics of '%s': %s", where, expression).isNotEmpty();
		Set<String> exported = new TreeSet<>();
		metrics.forEach((metric, labels) -> {
			assertThat(this.exposition.metrics()).as("'%s': %s", where, expression).contains(metric);
			assertThat(this.exposition.labels(metric)).as("labels of %s in '%s'", metric, where).containsAll(labels);
			exported.addAll(this.exposition.labels(metric));
		});
		assertThat(exported).as("labels that '%s' groups by", where).containsAll(PromQl.grouping(expression));
	}

	private static void assertDocumented(Dashboards.Query query) {
		Map<String, Set<String>> metrics = PromQl.metrics(query.expression());
		assertThat(metrics).as(query.panel()).hasSize(1);
		metrics.forEach((metric, labels) -> {
			assertThat(SubprocessMeters.values()).as(metric)
				.anyMatch((meter) -> metric.startsWith(meter.getName().replace('.', '_')));
			assertThat(labels).containsExactlyInAnyOrder("application", "instance", "policy");
		});
		assertThat(PromQl.grouping(query.expression())).isEqualTo(Set.of("policy"));
	}

	private static List<String> labels(String legend) {
		return LEGEND_LABEL.matcher(legend).results().map((match) -> match.group(1)).toList();
	}

}
