// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.time.Duration;

import io.github.subprocess.ProcessSignal;
import org.jspecify.annotations.Nullable;

/**
 * How a process is ended from this side: a signal, the grace period, then SIGKILL.
 *
 * @param signal what asks it to end
 * @param gracePeriod how long it has to do so; zero: SIGKILL follows at once
 * @param scope who is ended together with it
 * @param onInterrupt what becomes of it when a thread is interrupted that waits for its
 * result
 * @since 0.1.0
 */
public record TerminationPolicy(@Nullable ProcessSignal signal, @Nullable Duration gracePeriod,
		@Nullable TerminationScope scope, @Nullable OnInterrupt onInterrupt) {

	private static final TerminationPolicy UNDECIDED = new TerminationPolicy(null, null, null, null);

	public TerminationPolicy {
		ProcessPolicy.checkNotNegative("termination.grace-period", gracePeriod);
	}

	/**
	 * Return a policy that decides nothing.
	 * @return the policy to start from
	 */
	public static TerminationPolicy undecided() {
		return UNDECIDED;
	}

	public TerminationPolicy withSignal(@Nullable ProcessSignal signal) {
		return new TerminationPolicy(signal, this.gracePeriod, this.scope, this.onInterrupt);
	}

	public TerminationPolicy withGracePeriod(@Nullable Duration gracePeriod) {
		return new TerminationPolicy(this.signal, gracePeriod, this.scope, this.onInterrupt);
	}

	public TerminationPolicy withScope(@Nullable TerminationScope scope) {
		return new TerminationPolicy(this.signal, this.gracePeriod, scope, this.onInterrupt);
	}

	public TerminationPolicy withOnInterrupt(@Nullable OnInterrupt onInterrupt) {
		return new TerminationPolicy(this.signal, this.gracePeriod, this.scope, onInterrupt);
	}

	/**
	 * Return this policy with what is undecided taken from another.
	 * @param other the policy beneath, or {@code null}
	 * @return the merged policy
	 */
	public TerminationPolicy orElse(@Nullable TerminationPolicy other) {
		if (other == null) {
			return this;
		}
		return new TerminationPolicy(ProcessPolicy.first(this.signal, other.signal),
				ProcessPolicy.first(this.gracePeriod, other.gracePeriod), ProcessPolicy.first(this.scope, other.scope),
				ProcessPolicy.first(this.onInterrupt, other.onInterrupt));
	}

}
