// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How many processes may live at once, and how long a launch waits for its turn. Launches
 * wait in the order in which they came.
 *
 * @param limit how many may live at once, 1 or more; 0: as many as the machine bears
 * @param queue how many launches may wait for a place; those beyond are rejected at once
 * @param maxWait how long one waits before it is rejected; zero: as long as it takes
 * @since 0.1.0
 */
public record ConcurrencyPolicy(@Nullable Integer limit, @Nullable Integer queue, @Nullable Duration maxWait) {

	private static final ConcurrencyPolicy UNDECIDED = new ConcurrencyPolicy(null, null, null);

	public ConcurrencyPolicy {
		ProcessPolicy.checkBetween("concurrency.limit", limit, 0, Integer.MAX_VALUE);
		ProcessPolicy.checkBetween("concurrency.queue", queue, 0, Integer.MAX_VALUE);
		ProcessPolicy.checkNotNegative("concurrency.max-wait", maxWait);
	}

	/**
	 * Return a policy that decides nothing.
	 * @return the policy to start from
	 */
	public static ConcurrencyPolicy undecided() {
		return UNDECIDED;
	}

	/**
	 * Return a policy with a limit.
	 * @param limit how many may live at once, 1 or more; 0: as many as the machine bears
	 * @return the policy, with the queue and the wait undecided
	 */
	public static ConcurrencyPolicy atMost(int limit) {
		return UNDECIDED.withLimit(limit);
	}

	public ConcurrencyPolicy withLimit(@Nullable Integer limit) {
		return new ConcurrencyPolicy(limit, this.queue, this.maxWait);
	}

	public ConcurrencyPolicy withQueue(@Nullable Integer queue) {
		return new ConcurrencyPolicy(this.limit, queue, this.maxWait);
	}

	public ConcurrencyPolicy withMaxWait(@Nullable Duration maxWait) {
		return new ConcurrencyPolicy(this.limit, this.queue, maxWait);
	}

	/**
	 * Return this policy with what is undecided taken from another.
	 * @param other the policy beneath, or {@code null}
	 * @return the merged policy
	 */
	public ConcurrencyPolicy orElse(@Nullable ConcurrencyPolicy other) {
		if (other == null) {
			return this;
		}
		return new ConcurrencyPolicy(ProcessPolicy.first(this.limit, other.limit),
				ProcessPolicy.first(this.queue, other.queue), ProcessPolicy.first(this.maxWait, other.maxWait));
	}

}
