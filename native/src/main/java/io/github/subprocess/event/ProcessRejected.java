// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.event;

import java.time.Duration;

import io.github.subprocess.RejectionReason;

/**
 * A launch was refused before anything was tried.
 *
 * @param policy the name of its policy, {@code none} for an ad-hoc command
 * @param program the program that was to be started, as it was asked for
 * @param reason why
 * @param waited how long it had waited for a place
 * @since 0.1.0
 */
public record ProcessRejected(String policy, String program, RejectionReason reason, Duration waited) {

}
