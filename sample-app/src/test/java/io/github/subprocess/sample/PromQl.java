// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression asks for: as much of the language as the dashboard and the alerts
 * speak.
 */
final class PromQl {

	private static final Pattern METRIC = Pattern.compile("\\b((?:subprocess|process|jvm)_[a-z_]+)(?:\\{([^}]*)\\})?");

	private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)\\s*\"[^\"]*\"");

	private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

	private PromQl() {
	}

	/**
	 * Return the names of metrics, each with the labels that it is chosen by.
	 */
	static Map<String, Set<String>> metrics(String expression) {
		Map<String, Set<String>> metrics = new TreeMap<>();
		Matcher metric = METRIC.matcher(expression);
		while (metric.find()) {
			Set<String> labels = metrics.computeIfAbsent(metric.group(1), (name) -> new TreeSet<>());
			if (metric.group(2) != null) {
				MATCHER.matcher(metric.group(2)).results().forEach((match) -> labels.add(match.group(1)));
			}
		}
		return metrics;
	}

	/**
	 * Return the labels that an expression groups by.
	 */
	static Set<String> grouping(String expression) {
		Set<String> labels = new TreeSet<>();
		GROUPING.matcher(expression)
			.results()
			.forEach((match) -> labels.addAll(Arrays.asList(match.group(1).split("\\s*,\\s*"))));
		return labels;
	}

}
