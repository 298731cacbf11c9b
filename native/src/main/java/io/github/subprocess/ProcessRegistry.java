// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The processes of one launcher, live and recent. Safe for use by many threads; each
 * answer is a picture of one moment.
 *
 * @since 0.1.0
 */
public interface ProcessRegistry {

	/**
	 * Return the processes that have not ended, oldest first.
	 * @return the live processes
	 */
	List<ProcessSnapshot> live();

	/**
	 * Look at all live processes at once, oldest first. Reads the process table of the
	 * machine once, however many there are; waits a second at most for what watches them.
	 * Who has left the group, the session and the parents that he came from is not found:
	 * {@link #inspect(String, int)} looks closer.
	 * @return what each of them takes; nothing is read when there is none
	 */
	List<LiveProcessUsage> usage();

	/**
	 * Return the processes that ended last, newest first, without what they wrote.
	 * @return not more than the launcher keeps
	 */
	List<ProcessSnapshot> recent();

	/**
	 * Find a live or recent process.
	 * @param id the id that the launcher gave it
	 * @return the process, or empty when the id is unknown or forgotten
	 */
	Optional<ProcessSnapshot> find(String id);

	/**
	 * Return how many live processes a policy has.
	 * @param policy the name of a policy, {@code none} for ad-hoc commands
	 * @return the number of live processes
	 */
	int liveCount(String policy);

	/**
	 * Return how many processes have been started since the launcher was made.
	 * @return the number of processes
	 */
	long started();

	/**
	 * Return how many could not be started since the launcher was made.
	 * @return the number of failed starts
	 */
	long failedToStart();

	/**
	 * Return how many processes of a policy may live at once.
	 * @param policy the name of a policy, {@code none} for ad-hoc commands
	 * @return the limit; 0: the policy has none
	 */
	int limit(String policy);

	/**
	 * Return how many launches of a policy wait for a place, be it one of the policy or
	 * one of the launcher.
	 * @param policy the name of a policy, {@code none} for ad-hoc commands
	 * @return the number of launches
	 */
	int waiting(String policy);

	/**
	 * Return for how long no place has come free though a launch of a policy was turned
	 * away or has to wait for want of one, be it a place of the launcher. A limit that is
	 * reached while places come and go is none of this.
	 * @param policy the name of a policy, {@code none} for ad-hoc commands
	 * @return how long; zero: there are places, or they come free
	 */
	Duration blocked(String policy);

	/**
	 * Return how many launches have been refused since the launcher was made: because
	 * there was no place, or because it was stopped.
	 * @return the number of launches
	 */
	long rejected();

	/**
	 * Begin to end a live process with its group: the signal of its policy, after the
	 * grace period SIGKILL. Returns at once.
	 * @param id the id that the launcher gave it
	 * @param reason why
	 * @return whether there is such a live process
	 */
	boolean terminate(String id, TerminationReason reason);

	/**
	 * Begin to end a live process with those in the scope of its policy by SIGKILL,
	 * without a grace period. Returns at once.
	 * @param id the id that the launcher gave it
	 * @param reason why
	 * @return whether there is such a live process
	 */
	boolean kill(String id, TerminationReason reason);

	/**
	 * Signal a live process alone. There is no race with the reuse of its pid.
	 * @param id the id that the launcher gave it
	 * @param signal what to send
	 * @return whether there is such a live process
	 * @throws IllegalStateException if the JVM may not signal it
	 */
	boolean signal(String id, ProcessSignal signal);

	/**
	 * Look at the cgroups that were made for live processes of a policy. Reads a few
	 * files of the cgroup file system for each.
	 * @param policy the name of a policy, {@code none} for ad-hoc commands
	 * @return what those in each of them use; empty if there are none
	 */
	List<CgroupFigures> cgroups(String policy);

	/**
	 * Look closely at a live or recent process. May read files of {@code /proc}; waits a
	 * second at most for what watches it.
	 * @param id the id that the launcher gave it
	 * @param tailBytes how much of the end of what it wrote to captured streams, 0 or
	 * more; of one that has ended not more is remembered than the launcher was told to
	 * @return what was seen, or empty when the id is unknown or forgotten
	 */
	Optional<ProcessInspection> inspect(String id, int tailBytes);

}
