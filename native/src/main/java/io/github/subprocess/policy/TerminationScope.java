// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

/**
 * Who is ended together with a process.
 *
 * @since 0.1.0
 */
public enum TerminationScope {

	/**
	 * Nobody else.
	 */
	PROCESS,

	/**
	 * The members of its process group, when it has one of its own; otherwise nobody
	 * else.
	 */
	GROUP,

	/**
	 * The members of its group and of its session, and those of its descendants that have
	 * left both, as far as they can be found. Descendants whose parents have ended are
	 * found by the variable {@code SUBPROCESS_TREE}, which the process gets with this
	 * scope, and ended only when the launcher adopts orphans; otherwise they are named as
	 * left over.
	 */
	TREE,

	/**
	 * All members of the cgroup of its policy, which must belong to this process alone
	 * while it lives: the kernel ends all of them at once, whatever they have left
	 * (cgroup.kill, cgroups(7), since Linux 5.14; before that they are killed one by
	 * one). A policy without a cgroup, or with one that the JVM is in, is refused with an
	 * {@link IllegalArgumentException} before birth.
	 */
	CGROUP

}
