// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;

/**
 * What the documentation offers to import: a dashboard and alerts.
 */
final class Dashboards {

	static final Path DIRECTORY = Path.of("..", "docs", "dashboards");

	static final String RULES = "subprocess-alerts.yml";

	private Dashboards() {
	}

	static String json() throws IOException {
		return Files.readString(DIRECTORY.resolve("subprocess-grafana.json"));
	}

	static String rules() throws IOException {
		return Files.readString(DIRECTORY.resolve(RULES));
	}

	/**
	 * Return the queries of all panels.
	 */
	static List<Query> queries() throws IOException {
		List<Query> queries = new ArrayList<>();
		List<Map<String, Object>> panels = JsonPath.read(json(), "$.panels[?(@.targets)]");
		for (Map<String, Object> panel : panels) {
			List<Map<String, Object>> targets = JsonPath.read(panel, "$.targets");
			for (Map<String, Object> target : targets) {
				queries.add(new Query((String) panel.get("title"), (String) target.get("expr"),
						(String) target.get("legendFormat")));
			}
		}
		return queries;
	}

	/**
	 * A query of a panel.
	 *
	 * @param panel title of the panel
	 * @param expression in PromQL, with Grafana's variables
	 * @param legend how its series are named
	 */
	record Query(String panel, String expression, String legend) {

		/**
		 * Return whether it asks for what there is only with policies that have a parent
		 * for cgroups, which the sample has not: that takes a machine that delegates one.
		 */
		boolean isOfCgroups() {
			return this.expression.contains("subprocess_cgroup_");
		}

		/**
		 * Return the expression as Grafana sends it with everything chosen.
		 */
		String ofEverything() {
			return this.expression.replaceAll("\\$(application|instance|policy)", ".*")
				.replace("$__rate_interval", "30s");
		}

	}

}
