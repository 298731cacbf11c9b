// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.event;

import io.github.subprocess.policy.ProcessPolicy;

/**
 * A launch that is about to begin.
 *
 * @param policyName the name of its policy, {@code none} for an ad-hoc command
 * @param policy that policy, merged with what the launch decides itself
 * @param program the program that is to be started, as it was asked for
 * @since 0.1.0
 */
public record LaunchRequest(String policyName, ProcessPolicy policy, String program) {

}
