// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.util.List;

/**
 * The supplementary groups of a child (setgroups(2), credentials(7)), which give access
 * besides its group. To have none and to have those of the JVM are different decisions:
 * after a change of the user alone a child keeps what the groups of the JVM may do.
 *
 * @since 0.1.0
 */
public sealed interface SupplementaryGroups {

	/**
	 * No groups at all: those of the JVM are dropped.
	 * @return the decision
	 */
	static SupplementaryGroups none() {
		return None.INSTANCE;
	}

	/**
	 * The groups that the JVM has, left alone.
	 * @return the decision
	 */
	static SupplementaryGroups inherited() {
		return Inherited.INSTANCE;
	}

	/**
	 * The groups that the user of the policy has when it logs in (initgroups(3)).
	 * @return the decision
	 */
	static SupplementaryGroups ofUser() {
		return OfUser.INSTANCE;
	}

	/**
	 * These groups and no others.
	 * @param groups names, or decimal numbers, at least one
	 * @return the decision
	 * @throws IllegalArgumentException if there is none, or one that cannot be a group
	 */
	static SupplementaryGroups of(String... groups) {
		return new Named(List.of(groups));
	}

	/**
	 * See {@link #none()}.
	 */
	enum None implements SupplementaryGroups {

		INSTANCE

	}

	/**
	 * See {@link #inherited()}.
	 */
	enum Inherited implements SupplementaryGroups {

		INSTANCE

	}

	/**
	 * See {@link #ofUser()}.
	 */
	enum OfUser implements SupplementaryGroups {

		INSTANCE

	}

	/**
	 * See {@link #of(String...)}.
	 *
	 * @param groups names, or decimal numbers
	 */
	record Named(List<String> groups) implements SupplementaryGroups {

		public Named {
			groups = List.copyOf(groups);
			if (groups.isEmpty()) {
				throw new IllegalArgumentException(
						"credentials.groups must name a group at least: to drop all is another decision");
			}
			groups.forEach((group) -> CredentialsPolicy.check("credentials.groups", group));
		}

	}

}
