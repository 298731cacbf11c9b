// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

import io.github.subprocess.LaunchPlatform;

/**
 * The faces of the operating system together.
 *
 * @since 0.1.0
 */
public interface OperatingSystem {

	/**
	 * Return what brings children into the world.
	 * @return the spawner
	 */
	Spawner spawner();

	/**
	 * Return what has been found of the machine.
	 * @return what it can do
	 */
	LaunchPlatform platform();

	/**
	 * Return what reads and writes descriptors.
	 * @return the descriptor calls
	 */
	DescriptorIo descriptors();

	/**
	 * Return the users and groups of the machine.
	 * @return the database
	 */
	UserDatabase users();

	/**
	 * Return what asks and tells about processes that this JVM did not start itself.
	 * @return the calls for other processes
	 */
	OtherProcesses others();

	/**
	 * Return what makes and removes cgroups.
	 * @return the calls for cgroups
	 */
	CgroupFiles cgroups();

	/**
	 * Make a poll.
	 * @return a new poll, which the caller closes
	 * @throws SystemCallFailure if there are no descriptors left
	 */
	ReadinessPoll newPoll() throws SystemCallFailure;

	/**
	 * Release what was started for its children, when there will be no more of them.
	 */
	default void close() {
	}

}
