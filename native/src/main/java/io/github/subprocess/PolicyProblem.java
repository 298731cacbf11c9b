// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * Why processes cannot be started under a policy as things are on this machine.
 *
 * @param policy the name of the policy, {@link ProcessLauncher#NO_POLICY} for the
 * defaults
 * @param part the part of the policy, as properties name it: {@code working-directory},
 * {@code credentials.user}, {@code limits.open-files}
 * @param reason what is wrong with it, a sentence that follows the part
 * @see ProcessLauncher#validate()
 * @since 0.1.0
 */
public record PolicyProblem(String policy, String part, String reason) {

	@Override
	public String toString() {
		return "policy '" + this.policy + "': " + this.part + " " + this.reason;
	}

}
