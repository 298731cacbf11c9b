// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Brings children into the world, and asks and tells the kernel about them. Safe for use
 * by many threads.
 *
 * @since 0.1.0
 */
public interface Spawner {

	/**
	 * Start a program. Returns when exec has succeeded or something has failed; only the
	 * kernel decides how long that takes, usually a fraction of a millisecond.
	 * @param plan what to start
	 * @return the child
	 * @throws SpawnFailure if it could not be started
	 */
	SpawnedChild spawn(SpawnPlan plan) throws SpawnFailure;

	/**
	 * Ask whether a child has ended, without waiting.
	 * @param pidfd the child
	 * @param reap whether to reap it if so; otherwise its pid and its group stay reserved
	 * @return how it ended, or {@code null} while it runs
	 * @throws SystemCallFailure if the kernel does not tell, as when the child was reaped
	 */
	@Nullable ExitRecord poll(int pidfd, boolean reap) throws SystemCallFailure;

	/**
	 * Signal a child alone.
	 * @param pidfd the child
	 * @param signal the number of the signal
	 * @throws SystemCallFailure with {@code ESRCH} when it has been reaped
	 */
	void signal(int pidfd, int signal) throws SystemCallFailure;

	/**
	 * Signal a process group whose leader has not been reaped.
	 * @param group the group
	 * @param signal the number of the signal
	 * @throws SystemCallFailure if there is nobody, or nobody who may be signalled
	 */
	void signalGroup(int group, int signal) throws SystemCallFailure;

	/**
	 * Count the members of a process group that are alive; zombies are not.
	 * @param group the group
	 * @return the number of live members
	 * @throws SystemCallFailure if {@code /proc} cannot be read
	 */
	int countGroupMembers(int group) throws SystemCallFailure;

	/**
	 * Tell how much CPU time the members of a process group have used, with their
	 * children that they have waited for. What a member used that has been reaped by
	 * somebody outside of the group is not in it.
	 * @param group the group
	 * @return user and system time, not finer than 10 milliseconds
	 * @throws SystemCallFailure if {@code /proc} cannot be read
	 */
	Duration groupCpuTime(int group) throws SystemCallFailure;

}
