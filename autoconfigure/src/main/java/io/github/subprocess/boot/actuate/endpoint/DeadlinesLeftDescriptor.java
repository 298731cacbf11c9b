// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long a live process may go on.
 *
 * @param wall wall time that is left, if it has such a deadline
 * @param idle time until it is ended for silence, if it has such a deadline
 * @param cpu CPU time that is left, if it has such a deadline
 * @since 0.1.0
 */
public record DeadlinesLeftDescriptor(@Nullable Duration wall, @Nullable Duration idle, @Nullable Duration cpu) {

}
