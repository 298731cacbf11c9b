// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

import java.nio.file.Path;

/**
 * The system calls by which cgroups are made, set and removed, with the numbers of their
 * errors. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface CgroupFiles {

	/**
	 * Make a cgroup (mkdir(2)).
	 * @param directory its directory
	 * @throws SystemCallFailure if it cannot be made, or is there
	 */
	void make(Path directory) throws SystemCallFailure;

	/**
	 * Write to a file of a cgroup, in one write. It is not made if it is not there.
	 * @param file the file
	 * @param text what to write
	 * @throws SystemCallFailure if it cannot be opened, or the kernel refuses the text
	 */
	void write(Path file, String text) throws SystemCallFailure;

	/**
	 * Remove a cgroup (rmdir(2)).
	 * @param directory its directory
	 * @throws SystemCallFailure with {@code EBUSY} when somebody is in it, or when there
	 * are others beneath it
	 */
	void remove(Path directory) throws SystemCallFailure;

}
