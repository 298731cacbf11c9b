// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

/**
 * What is asked and told about processes that this JVM did not start itself. Safe for use
 * by many threads.
 *
 * @since 0.1.0
 */
public interface OtherProcesses {

	/**
	 * Make a descriptor that stands for a process (pidfd_open(2)), which can be signalled
	 * like a child's, and be polled and reaped when it has become a child. Whether it is
	 * the process that was meant is to be looked at after this has returned.
	 * @param pid its process id
	 * @return the descriptor, which the caller closes
	 * @throws SystemCallFailure with {@code ESRCH} when there is no such process
	 */
	int open(int pid) throws SystemCallFailure;

	/**
	 * Make this JVM the parent of all descendants that lose theirs
	 * (PR_SET_CHILD_SUBREAPER, prctl(2)). Holds for the whole JVM, as long as it lives.
	 * @throws SystemCallFailure if the kernel refuses
	 */
	void adoptOrphans() throws SystemCallFailure;

}
