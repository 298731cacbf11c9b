// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a live process and its descendants take at one moment, and how long it has been
 * silent.
 *
 * @param snapshot what is known of it
 * @param processes how many processes it and its descendants are, zombies not among them;
 * 0 when it has ended meanwhile or there is no {@code /proc}
 * @param residentBytes how much memory of them is in RAM; pages that several share count
 * for each
 * @param silence for how long it has written nothing to where the JVM reads;
 * {@code null}: the JVM reads none of its output, or what watches it did not answer
 * @since 0.1.0
 */
public record LiveProcessUsage(ProcessSnapshot snapshot, int processes, long residentBytes,
		@Nullable Duration silence) {

}
