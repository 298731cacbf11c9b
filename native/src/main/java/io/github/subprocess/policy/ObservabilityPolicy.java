// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import org.jspecify.annotations.Nullable;

/**
 * What is told of processes by whoever watches a launcher, and what they are told of it.
 * The launcher itself does not log them.
 *
 * @param logLevel how loud starts and ends are logged; undecided: not at all
 * @param showArguments whether arguments, which may hold secrets, may be logged too;
 * undecided: they are not
 * @param traceContext whether a process gets the trace that its launch belongs to, in the
 * variables {@code TRACEPARENT}, {@code TRACESTATE} and {@code BAGGAGE}, where there is
 * one: baggage may be confidential, and who knows a trace can write into it. Undecided:
 * it does not
 * @since 0.1.0
 */
public record ObservabilityPolicy(@Nullable LogLevel logLevel, @Nullable Boolean showArguments,
		@Nullable Boolean traceContext) {

	private static final ObservabilityPolicy UNDECIDED = new ObservabilityPolicy(null, null, null);

	/**
	 * Return a policy that decides nothing.
	 * @return the policy to start from
	 */
	public static ObservabilityPolicy undecided() {
		return UNDECIDED;
	}

	public ObservabilityPolicy withLogLevel(@Nullable LogLevel logLevel) {
		return new ObservabilityPolicy(logLevel, this.showArguments, this.traceContext);
	}

	public ObservabilityPolicy withShowArguments(@Nullable Boolean showArguments) {
		return new ObservabilityPolicy(this.logLevel, showArguments, this.traceContext);
	}

	public ObservabilityPolicy withTraceContext(@Nullable Boolean traceContext) {
		return new ObservabilityPolicy(this.logLevel, this.showArguments, traceContext);
	}

	/**
	 * Return this policy with what is undecided taken from another.
	 * @param other the policy beneath, or {@code null}
	 * @return the merged policy
	 */
	public ObservabilityPolicy orElse(@Nullable ObservabilityPolicy other) {
		if (other == null) {
			return this;
		}
		return new ObservabilityPolicy(ProcessPolicy.first(this.logLevel, other.logLevel),
				ProcessPolicy.first(this.showArguments, other.showArguments),
				ProcessPolicy.first(this.traceContext, other.traceContext));
	}

}
