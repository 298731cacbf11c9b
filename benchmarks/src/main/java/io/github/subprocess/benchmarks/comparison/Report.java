// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.comparison;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells results as Markdown.
 */
final class Report {

	private Report() {
	}

	static String of(Results results) {
		StringBuilder text = new StringBuilder("## Goals\n\n| ratio | measured | goal | |\n|---|---|---|---|\n");
		for (Goal goal : Goal.all()) {
			Double measured = goal.measured(results);
			text.append("| %s | %s | %s %s | %s |\n".formatted(goal.title(),
					(measured != null) ? number(measured) : "absent", goal.atMost() ? "≤" : "≥", number(goal.bound()),
					(measured == null) ? "" : goal.isMet(measured) ? "met" : "**missed**"));
		}
		results.figures().forEach((figure, contenders) -> append(text, figure, contenders));
		return text.toString();
	}

	private static void append(StringBuilder text, Figure figure, Map<String, Samples> contenders) {
		text.append("\n## ").append(figure.title()).append("\n\n| |");
		figure.columns().forEach((column) -> text.append(' ').append(column.title()).append(" |"));
		text.append("\n|---|").append("---|".repeat(figure.columns().size())).append('\n');
		contenders.forEach((name, samples) -> text.append("| ")
			.append(name)
			.append(" | ")
			.append(figure.columns()
				.stream()
				.map((column) -> number(column.of(samples)))
				.collect(Collectors.joining(" | ")))
			.append(" |\n"));
		figure.contenders()
			.stream()
			.filter((name) -> !contenders.containsKey(name))
			.forEach((name) -> text.append("| ").append(name).append(" | absent |\n"));
	}

	static String number(double value) {
		return String.format(Locale.ROOT, (Math.abs(value) >= 100) ? "%,.0f" : "%.2f", value);
	}

}
