// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Tells all that is wrong with {@code subprocess} properties at once.
 */
class InvalidPropertiesFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPropertiesException> {

	private static final String CHANGE = "Change or remove the properties above.";

	private static final String WARN = " To start the application without what cannot be met here, set "
			+ "'%s.validate' to 'warn': the launches that need it fail then.".formatted(SubprocessProperties.PREFIX);

	private final ProblemReport report;

	InvalidPropertiesFailureAnalyzer(Environment environment) {
		this.report = new ProblemReport(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertiesException cause) {
		return new FailureAnalysis(this.report.describe(cause.problems()), action(cause), cause);
	}

	private static String action(InvalidPropertiesException cause) {
		if (cause.remedy() != null) {
			return CHANGE + " " + cause.remedy();
		}
		return cause.problems().stream().anyMatch(PropertyProblem::isUnmet) ? CHANGE + WARN : CHANGE;
	}

}
