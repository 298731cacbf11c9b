// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.List;

import org.springframework.core.env.Environment;

/**
 * Writes what is wrong with properties, an entry each, with the place where each was
 * written.
 */
final class ProblemReport {

	private final PropertyOrigins origins;

	ProblemReport(Environment environment) {
		this.origins = new PropertyOrigins(environment);
	}

	String describe(PropertyProblem problem) {
		return problem.describe(
				this.origins.of(problem.key()).map((origin) -> " (originating from '" + origin + "')").orElse(""));
	}

	String describe(List<PropertyProblem> problems) {
		StringBuilder report = new StringBuilder();
		report.append(problems.size())
			.append((problems.size() == 1) ? " problem" : " problems")
			.append(" with properties of subprocesses:");
		for (int i = 0; i < problems.size(); i++) {
			report.append(System.lineSeparator()).append(i + 1).append(". ").append(describe(problems.get(i)));
		}
		return report.toString();
	}

}
