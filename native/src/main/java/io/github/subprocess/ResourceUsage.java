// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.time.Duration;

/**
 * What a process and the children that it waited for have used, as the kernel tells when
 * it is reaped (getrusage(2)).
 *
 * @param userTime CPU time in user mode
 * @param systemTime CPU time in the kernel
 * @param maxResidentBytes the largest resident set size, in bytes
 * @param maxResidentExact whether that is exact. Until exec a child shares the memory of
 * the JVM, and Linux counts it as the child's own: for a program that never needed more
 * than the JVM the size is the JVM's, and only an upper bound
 * @param minorFaults page faults served without I/O
 * @param majorFaults page faults that needed I/O
 * @param voluntarySwitches context switches because it waited
 * @param involuntarySwitches context switches because its time slice ended
 * @since 0.1.0
 */
public record ResourceUsage(Duration userTime, Duration systemTime, long maxResidentBytes, boolean maxResidentExact,
		long minorFaults, long majorFaults, long voluntarySwitches, long involuntarySwitches) {

	/**
	 * Return user and system time together.
	 * @return the CPU time
	 */
	public Duration cpuTime() {
		return this.userTime.plus(this.systemTime);
	}

}
