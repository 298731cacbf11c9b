// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.event;

import io.github.subprocess.ProcessSnapshot;

/**
 * A process has been started.
 *
 * @param process what is known of it
 * @since 0.1.0
 */
public record ProcessStarted(ProcessSnapshot process) {

}
