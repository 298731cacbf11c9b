// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says which value of a {@code subprocess} property is refused and why. Goes before
 * Boot's analyzer, which finds neither lists nor keys in another form.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class InvalidPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

	private final ProblemReport report;

	InvalidPropertyFailureAnalyzer(Environment environment) {
		this.report = new ProblemReport(environment);
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure,
			InvalidConfigurationPropertyValueException cause) {
		if (!cause.getName().startsWith(SubprocessProperties.PREFIX + ".")) {
			return null;
		}
		String description = this.report
			.describe(PropertyProblem.invalid(cause.getName(), cause.getValue(), String.valueOf(cause.getReason())));
		String action = "Change or remove the property '%s'.".formatted(cause.getName());
		return new FailureAnalysis(description, action, cause);
	}

}
