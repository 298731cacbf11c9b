// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import io.github.subprocess.NativeCoreUnavailableException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Says why the native core cannot be used, what can be done about it and with which
 * property.
 */
class NativeCoreUnavailableFailureAnalyzer extends AbstractFailureAnalyzer<NativeCoreUnavailableException> {

	private static final String PROPERTY = SubprocessProperties.PREFIX + ".native-library";

	private final PropertyOrigins origins;

	NativeCoreUnavailableFailureAnalyzer(Environment environment) {
		this.origins = new PropertyOrigins(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NativeCoreUnavailableException cause) {
		String property = this.origins.of(PROPERTY)
			.map((origin) -> "The library is named by the property '%s' (originating from '%s').".formatted(PROPERTY,
					origin))
			.orElse("A library of your own can be named with the property '%s'.".formatted(PROPERTY));
		return new FailureAnalysis("Processes cannot be started: " + cause.getMessage() + ".",
				"%s %s To start the application without a process launcher, set '%s.enabled' to false."
					.formatted(cause.remedy(), property, SubprocessProperties.PREFIX),
				cause);
	}

}
