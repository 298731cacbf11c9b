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

	/**
	 * Whether a process gets the trace that its launch belongs to, in the variables
	 * TRACEPARENT, TRACESTATE and BAGGAGE.
	 */
	private @Nullable Boolean traceContext;

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

	public @Nullable Boolean getTraceContext() {
		return this.traceContext;
	}

	public void setTraceContext(@Nullable Boolean traceContext) {
		this.traceContext = traceContext;
	}

}
