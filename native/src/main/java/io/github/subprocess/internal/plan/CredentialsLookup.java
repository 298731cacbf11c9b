// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.util.List;

import io.github.subprocess.policy.CredentialsPolicy;
import io.github.subprocess.policy.SupplementaryGroups;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.SystemCallFailure;
import io.github.subprocess.spi.UserDatabase;
import io.github.subprocess.spi.UserDatabase.User;
import org.jspecify.annotations.Nullable;

/**
 * Makes numbers of the users and groups of a policy. What is a number already is not
 * looked up unless more has to be known of it.
 */
final class CredentialsLookup {

	private final UserDatabase database;

	CredentialsLookup(UserDatabase database) {
		this.database = database;
	}

	void apply(CredentialsPolicy policy, ChildAttributes.Builder attributes) {
		if (policy.user() != null) {
			applyUser(policy.user(), policy, attributes);
		}
		else if (policy.groups() instanceof SupplementaryGroups.OfUser) {
			throw new IllegalArgumentException("credentials.groups cannot be those of the user when user is not set");
		}
		else if (policy.group() != null) {
			attributes.group(group("credentials.group", policy.group()));
		}
		if (policy.groups() instanceof SupplementaryGroups.None) {
			attributes.groups(List.of());
		}
		else if (policy.groups() instanceof SupplementaryGroups.Inherited) {
			attributes.inheritGroups();
		}
		else if (policy.groups() instanceof SupplementaryGroups.Named named) {
			attributes.groups(named.groups().stream().map((name) -> group("credentials.groups", name)).toList());
		}
	}

	private void applyUser(String name, CredentialsPolicy policy, ChildAttributes.Builder attributes) {
		if (policy.groups() == null) {
			throw new IllegalArgumentException("credentials.groups must be decided when user is set: "
					+ "none, those of the user, some by name, or those of the JVM");
		}
		boolean withItsGroups = policy.groups() instanceof SupplementaryGroups.OfUser;
		if (CredentialsPolicy.isNumber(name) && policy.group() != null && !withItsGroups) {
			attributes.user(Long.valueOf(name)).group(group("credentials.group", policy.group()));
			return;
		}
		User user = user(name, policy.group());
		long group = (policy.group() != null) ? group("credentials.group", policy.group()) : user.group();
		attributes.user(user.id()).group(group);
		if (withItsGroups) {
			attributes.groups(
					require("credentials.groups of user", user.name(), () -> this.database.groups(user.name(), group)));
		}
	}

	private User user(String name, @Nullable String group) {
		if (!CredentialsPolicy.isNumber(name)) {
			return require("credentials.user", name, () -> this.database.user(name));
		}
		User user = look("credentials.user", name, () -> this.database.user(Long.parseLong(name)));
		if (user == null) {
			throw new IllegalArgumentException(
					(group == null) ? "credentials.group must be decided when user is a number that nobody has: " + name
							: "credentials.groups cannot be those of a user that does not exist: " + name);
		}
		return user;
	}

	private long group(String property, String name) {
		return CredentialsPolicy.isNumber(name) ? Long.parseLong(name)
				: require(property, name, () -> this.database.group(name));
	}

	private static <T> T require(String property, String name, Lookup<T> lookup) {
		T found = look(property, name, lookup);
		if (found == null) {
			throw new IllegalArgumentException(property + " '" + name + "' does not exist");
		}
		return found;
	}

	private static <T> @Nullable T look(String property, String name, Lookup<T> lookup) {
		Text.check(property, name);
		try {
			return lookup.look();
		}
		catch (SystemCallFailure ex) {
			throw new IllegalArgumentException(property + " '" + name + "' cannot be looked up: " + ex.getMessage(),
					ex);
		}
	}

	/**
	 * Asks the database.
	 *
	 * @param <T> what is found
	 */
	private interface Lookup<T> {

		@Nullable T look() throws SystemCallFailure;

	}

}
