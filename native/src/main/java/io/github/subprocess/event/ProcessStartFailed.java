// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.event;

import java.time.Duration;

import io.github.subprocess.ProcessStartException;

/**
 * A process could not be started.
 *
 * @param policy the name of its policy, {@code none} for an ad-hoc command
 * @param program the program that was to be started, as it was asked for
 * @param failure the step, the error and the guilty argument
 * @param duration time from the call to the failure
 * @since 0.1.0
 */
public record ProcessStartFailed(String policy, String program, ProcessStartException failure, Duration duration) {

}
