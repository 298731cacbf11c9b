// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import io.github.subprocess.policy.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * What is told of processes.
 *
 * @since 0.1.0
 */
public class ObservabilityProperties {

	/**
	 * Level at which starts and ends are logged; off unless set. What fails is a warning
	 * at least then.
	 */
	private @Nullable LogLevel logLevel;

	/**
	 * Whether arguments, which may hold secrets, are logged too.
	 */
	private @Nullable Boolean showArguments;

	public @Nullable LogLevel getLogLevel() {
		return this.logLevel;
	}

	public void setLogLevel(@Nullable LogLevel logLevel) {
		this.logLevel = logLevel;
	}

	public @Nullable Boolean getShowArguments() {
		return this.showArguments;
	}

	public void setShowArguments(@Nullable Boolean showArguments) {
		this.showArguments = showArguments;
	}

}
