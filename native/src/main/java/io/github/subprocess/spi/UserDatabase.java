// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The users and groups of the machine (getpwnam_r(3), getgrnam_r(3), getgrouplist(3)).
 * Asking may take as long as the directory service behind it takes, so it is done by the
 * JVM, never by a child. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface UserDatabase {

	/**
	 * Find a user.
	 * @param name the name
	 * @return the user, or {@code null} if there is none of that name
	 * @throws SystemCallFailure if the database cannot be asked
	 */
	@Nullable User user(String name) throws SystemCallFailure;

	/**
	 * Find a user.
	 * @param id the number
	 * @return the user, or {@code null} if there is none of that number
	 * @throws SystemCallFailure if the database cannot be asked
	 */
	@Nullable User user(long id) throws SystemCallFailure;

	/**
	 * Find a group.
	 * @param name the name
	 * @return its number, or {@code null} if there is none of that name
	 * @throws SystemCallFailure if the database cannot be asked
	 */
	@Nullable Long group(String name) throws SystemCallFailure;

	/**
	 * Return the groups that a user has when it logs in (initgroups(3)).
	 * @param user the user's name
	 * @param group the group that is among them in any case
	 * @return the numbers of the groups
	 * @throws SystemCallFailure if the database cannot be asked
	 */
	List<Long> groups(String user, long group) throws SystemCallFailure;

	/**
	 * A user.
	 *
	 * @param name its name
	 * @param id its number
	 * @param group the number of its group
	 */
	record User(String name, long id, long group) {

	}

}
