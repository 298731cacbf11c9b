// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How much of its deadlines a live process has left; zero when one has passed.
 *
 * @param wall wall time; {@code null}: it has no such deadline
 * @param idle time without output, if none comes; {@code null}: it has no such deadline
 * @param cpu CPU time; {@code null}: it has no such deadline
 * @since 0.1.0
 */
public record DeadlinesLeft(@Nullable Duration wall, @Nullable Duration idle, @Nullable Duration cpu) {

	/**
	 * No deadline.
	 */
	public static final DeadlinesLeft NONE = new DeadlinesLeft(null, null, null);

}
