// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

/**
 * What a policy may ask for and a platform may refuse. Each may be marked as best effort:
 * the child is started without it then, and the refusal is reported as a warning. It runs
 * with more than was meant for it then, which may be the rights of the JVM: those that
 * keep something from it are seldom to be done without.
 *
 * @since 0.1.0
 */
public enum Attribute {

	/**
	 * The controlling terminal of a new session (tty_ioctl(4)).
	 */
	CONTROLLING_TERMINAL,

	/**
	 * The cgroup.
	 */
	CGROUP,

	/**
	 * The resource limits, each by itself: one that is refused does not keep others from
	 * being set.
	 */
	LIMITS,

	/**
	 * The nice value, and that of its session where the kernel groups by session.
	 */
	NICE,

	/**
	 * The score for when memory runs out.
	 */
	OOM_SCORE,

	/**
	 * The processors that it may run on.
	 */
	AFFINITY,

	/**
	 * The file mode creation mask.
	 */
	UMASK,

	/**
	 * The supplementary groups.
	 */
	GROUPS,

	/**
	 * The group.
	 */
	GROUP,

	/**
	 * The user.
	 */
	USER,

	/**
	 * The signal for the death of the JVM.
	 */
	DEATH_SIGNAL,

	/**
	 * That set-user-id programs give it no power.
	 */
	NO_NEW_PRIVILEGES,

	/**
	 * The files that a sandbox leaves to it.
	 */
	SANDBOX_FILES,

	/**
	 * That a sandbox keeps it from all networks.
	 */
	SANDBOX_NETWORK,

	/**
	 * The TCP ports that a sandbox leaves to it.
	 */
	SANDBOX_PORTS,

	/**
	 * That a sandbox keeps its signals from others.
	 */
	SANDBOX_SIGNALS,

	/**
	 * That a sandbox keeps it from abstract sockets of others.
	 */
	SANDBOX_ABSTRACT_SOCKETS,

	/**
	 * The system calls that a sandbox denies it.
	 */
	SANDBOX_SYSTEM_CALLS

}
