// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics that a service exports in the text format of Prometheus, each with its
 * labels.
 */
final class Exposition {

	private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? \\S+$");

	private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"(?:[^\"\\\\]|\\\\.)*\"");

	private final Map<String, Set<String>> labels = new TreeMap<>();

	Exposition(String text) {
		Matcher sample = SAMPLE.matcher(text);
		while (sample.find()) {
			Set<String> ofMetric = this.labels.computeIfAbsent(sample.group(1), (name) -> new TreeSet<>());
			if (sample.group(2) != null) {
				LABEL.matcher(sample.group(2)).results().forEach((match) -> ofMetric.add(match.group(1)));
			}
		}
	}

	Set<String> metrics() {
		return this.labels.keySet();
	}

	/**
	 * Return the labels of a metric in Prometheus, which adds two of its own.
	 */
	Set<String> labels(String metric) {
		Set<String> labels = new TreeSet<>(this.labels.getOrDefault(metric, Set.of()));
		labels.add("instance");
		labels.add("job");
		return labels;
	}

}
