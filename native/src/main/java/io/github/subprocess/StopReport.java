// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.List;

/**
 * What became of the live processes when a launcher was stopped.
 *
 * @param ended how many ended within their grace period
 * @param forced how many needed SIGKILL
 * @param left those that could not be ended in time: stuck in the kernel, most likely
 * @param leftOvers descendants of those that were ended, which live on
 * @since 0.1.0
 */
public record StopReport(int ended, int forced, List<ProcessSnapshot> left, List<LeftOver> leftOvers) {

	public StopReport {
		left = List.copyOf(left);
		leftOvers = List.copyOf(leftOvers);
	}

	/**
	 * Return whether nothing is left.
	 * @return whether all processes are gone, with those who had to be ended together
	 * with them
	 */
	public boolean isClean() {
		return this.left.isEmpty() && this.leftOvers.isEmpty();
	}

}
