// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How much of what a process writes is kept, and how long it is read after the process
 * has ended.
 *
 * @param maxBytes how many bytes of each captured stream are kept; what is beyond that is
 * read, counted and dropped in the middle
 * @param drainTimeout how long captured streams are read on after the process has ended
 * while another process holds them open
 * @since 0.1.0
 */
public record OutputPolicy(@Nullable Long maxBytes, @Nullable Duration drainTimeout) {

	/**
	 * The largest bound for a captured stream: what fits into a Java array.
	 */
	public static final long LARGEST_MAX_BYTES = 1L << 30;

	public OutputPolicy {
		if (maxBytes != null && (maxBytes < 0 || maxBytes > LARGEST_MAX_BYTES)) {
			throw new IllegalArgumentException(
					"output.max-size must be between 0 and " + LARGEST_MAX_BYTES + " bytes: " + maxBytes);
		}
		ProcessPolicy.checkNotNegative("output.drain-timeout", drainTimeout);
	}

	/**
	 * Return this policy with what is undecided taken from another.
	 * @param other the policy beneath, or {@code null}
	 * @return the merged policy
	 */
	public OutputPolicy orElse(@Nullable OutputPolicy other) {
		if (other == null) {
			return this;
		}
		return new OutputPolicy((this.maxBytes != null) ? this.maxBytes : other.maxBytes,
				(this.drainTimeout != null) ? this.drainTimeout : other.drainTimeout);
	}

}
