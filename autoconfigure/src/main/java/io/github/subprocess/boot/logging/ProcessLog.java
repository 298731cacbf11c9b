// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.logging;

import io.github.subprocess.event.LaunchFollower;
import io.github.subprocess.event.LaunchInterceptor;
import io.github.subprocess.event.LaunchRequest;
import io.github.subprocess.policy.LogLevel;
import io.github.subprocess.policy.ObservabilityPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Logs what happens to the processes of policies, or of single launches, that ask for it,
 * a line each. What went wrong, which is all but a start, a successful end and one that
 * was asked for, is a warning at least. The logger is named {@value #NAME} and the name
 * of the policy after a dot, or without that for an ad-hoc command.
 *
 * @since 0.1.0
 */
public class ProcessLog implements LaunchInterceptor {

	/**
	 * The name of the logger of ad-hoc commands, above those of policies.
	 */
	public static final String NAME = "io.github.subprocess.policy";

	@Override
	public @Nullable LaunchFollower intercept(LaunchRequest request) {
		ObservabilityPolicy decided = request.policy().observability();
		LogLevel level = (decided != null) ? decided.logLevel() : null;
		if (decided == null || level == null || level == LogLevel.OFF) {
			return null;
		}
		return new LoggedLaunch(request, level, Boolean.TRUE.equals(decided.showArguments()));
	}

}
