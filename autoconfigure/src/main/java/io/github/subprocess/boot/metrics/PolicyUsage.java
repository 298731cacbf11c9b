// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.metrics;

import java.time.Duration;
import java.time.Instant;

import io.github.subprocess.LiveProcessUsage;
import org.jspecify.annotations.Nullable;

/**
 * What the live processes of one policy take.
 *
 * @param processes how many they and their descendants are
 * @param residentBytes how much of their memory is in RAM
 * @param longestAge of the oldest of them
 * @param longestSilence of the one that has written nothing for longest
 * @param overdue how many have a wall deadline that has passed
 */
record PolicyUsage(int processes, long residentBytes, Duration longestAge, Duration longestSilence, int overdue) {

	static final PolicyUsage NOTHING = new PolicyUsage(0, 0, Duration.ZERO, Duration.ZERO, 0);

	PolicyUsage with(LiveProcessUsage usage, Instant now) {
		Instant deadline = usage.snapshot().deadline();
		boolean isOverdue = deadline != null && deadline.isBefore(now);
		return new PolicyUsage(this.processes + usage.processes(), this.residentBytes + usage.residentBytes(),
				longer(this.longestAge, Duration.between(usage.snapshot().started(), now)),
				longer(this.longestSilence, usage.silence()), this.overdue + (isOverdue ? 1 : 0));
	}

	private static Duration longer(Duration one, @Nullable Duration other) {
		return (other != null && other.compareTo(one) > 0) ? other : one;
	}

}
