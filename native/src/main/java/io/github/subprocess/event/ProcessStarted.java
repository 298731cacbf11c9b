// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.event;

import java.time.Duration;

import io.github.subprocess.ProcessSnapshot;

/**
 * A process has been started.
 *
 * @param process what is known of it
 * @param waited how long its launch had waited for a place, which is no part of
 * {@link ProcessSnapshot#spawnDuration()}
 * @since 0.1.0
 */
public record ProcessStarted(ProcessSnapshot process, Duration waited) {

}
