// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.time.Duration;

import io.github.subprocess.ProcessSignal;
import org.jspecify.annotations.Nullable;

/**
 * How a process is ended from this side: a signal to its group, the grace period, then
 * SIGKILL.
 *
 * @param signal what asks it to end
 * @param gracePeriod how long it has to do so; zero: SIGKILL follows at once
 * @since 0.1.0
 */
public record TerminationPolicy(@Nullable ProcessSignal signal, @Nullable Duration gracePeriod) {

	public TerminationPolicy {
		ProcessPolicy.checkNotNegative("termination.grace-period", gracePeriod);
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
		return new TerminationPolicy((this.signal != null) ? this.signal : other.signal,
				(this.gracePeriod != null) ? this.gracePeriod : other.gracePeriod);
	}

}
