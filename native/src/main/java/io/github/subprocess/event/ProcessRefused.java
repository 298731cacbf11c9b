// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.event;

import io.github.subprocess.LaunchRefusedException;

/**
 * A guard of a policy did not let a launch pass.
 *
 * @param policy the name of the policy, {@code none} for an ad-hoc command
 * @param program the program that was to be started, as it was asked for
 * @param failure the guard, and what it objects to
 * @since 0.1.0
 */
public record ProcessRefused(String policy, String program, LaunchRefusedException failure) {

}
