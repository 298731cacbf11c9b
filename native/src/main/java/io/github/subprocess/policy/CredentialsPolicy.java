// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import org.jspecify.annotations.Nullable;

/**
 * With whose rights a child runs (credentials(7)); real, effective and saved ids are all
 * changed. What is undecided is as the JVM has it, but a user needs a decision on groups
 * at the latest when it is launched: one that keeps the supplementary groups of the JVM
 * by accident keeps their power. Users and groups are names, or numbers in decimal
 * digits, from 0 to {@value #LARGEST_ID}; what is all digits is always a number. Names
 * are looked up by the JVM at each launch.
 * <p>
 * Only the privileged may change them (CAP_SETUID, CAP_SETGID). {@code HOME},
 * {@code USER} and {@code LOGNAME} are not changed with the user: that is up to the
 * {@linkplain EnvironmentPolicy environment}.
 *
 * @param user the user (setresuid(2))
 * @param group the group (setresgid(2)); undecided with a user: the user's own
 * @param groups the supplementary groups (setgroups(2))
 * @since 0.1.0
 */
public record CredentialsPolicy(@Nullable String user, @Nullable String group, @Nullable SupplementaryGroups groups) {

	/**
	 * The largest number of a user or group: the one above means "no change" to the
	 * kernel.
	 */
	public static final long LARGEST_ID = 0xFFFF_FFFEL;

	public CredentialsPolicy {
		check("credentials.user", user);
		check("credentials.group", group);
	}

	static void check(String property, @Nullable String name) {
		if (name == null) {
			return;
		}
		if (name.isBlank()) {
			throw new IllegalArgumentException(property + " must not be empty");
		}
		if (isNumber(name) && (name.length() > 10 || Long.parseLong(name) > LARGEST_ID)) {
			throw new IllegalArgumentException(property + " must be between 0 and " + LARGEST_ID + ": " + name);
		}
	}

	/**
	 * Return whether a user or group is given by its number.
	 * @param name what was decided
	 * @return whether it is all digits
	 */
	public static boolean isNumber(String name) {
		return !name.isEmpty() && name.chars().allMatch((c) -> c >= '0' && c <= '9');
	}

	/**
	 * Return this policy with what is undecided taken from another.
	 * @param other the policy beneath, or {@code null}
	 * @return the merged policy
	 */
	public CredentialsPolicy orElse(@Nullable CredentialsPolicy other) {
		if (other == null) {
			return this;
		}
		return new CredentialsPolicy((this.user != null) ? this.user : other.user,
				(this.group != null) ? this.group : other.group, (this.groups != null) ? this.groups : other.groups);
	}

}
