// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import io.github.subprocess.UnknownPolicyException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which policy is missing and which was probably meant.
 */
class UnknownPolicyFailureAnalyzer extends AbstractFailureAnalyzer<UnknownPolicyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownPolicyException cause) {
		String known = cause.known().isEmpty() ? "No policies are configured."
				: "Configured are: " + String.join(", ", cause.known()) + ".";
		String description = "There is no process policy named '%s'. %s".formatted(cause.name(), known);
		String suggestion = NearestName.of(cause.name(), cause.known())
			.map((name) -> "Use the policy '%s', or configure".formatted(name))
			.orElse("Configure");
		String key = PolicyKey.of(cause.name());
		String brackets = key.endsWith("]") ? " (the brackets keep the name as it is)" : "";
		return new FailureAnalysis(description,
				"%s a policy with properties below '%s'%s.".formatted(suggestion, key, brackets), cause);
	}

}
