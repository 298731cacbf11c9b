// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.Locale;

/**
 * A process of a tree that was ended, which could not be ended or must not be.
 *
 * @param pid its process id
 * @param name the name of its program as the kernel keeps it, at most 15 characters
 * (comm, proc_pid_stat(5))
 * @param reason why it was left
 * @since 0.1.0
 */
public record LeftOver(long pid, String name, Reason reason) {

	/**
	 * Why a process was left.
	 */
	public enum Reason {

		/**
		 * It outlived SIGKILL: stuck in the kernel, most likely.
		 */
		SURVIVED,

		/**
		 * The JVM may not signal it, since it runs with another user's rights.
		 */
		NOT_PERMITTED,

		/**
		 * It has left its parents, its group and its session, and the launcher does not
		 * adopt orphans.
		 */
		NOT_ADOPTED,

		/**
		 * It lives in the cgroup that was made for the process, and the policy does not
		 * end its cgroup: that is removed later.
		 */
		IN_CGROUP

	}

	@Override
	public String toString() {
		return this.name + " (pid " + this.pid + ", " + this.reason.name().toLowerCase(Locale.ROOT).replace('_', ' ')
				+ ")";
	}

}
