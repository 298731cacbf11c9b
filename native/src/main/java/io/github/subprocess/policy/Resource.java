// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

/**
 * What a child can be limited in (getrlimit(2)), with the numbers that Linux has for it
 * on x86_64 and aarch64.
 *
 * @since 0.1.0
 */
public enum Resource {

	/**
	 * Processor time, in seconds; SIGXCPU at the soft limit, SIGKILL at the hard one.
	 */
	CPU_TIME(0),

	/**
	 * Size of a file that is written, in bytes; SIGXFSZ.
	 */
	FILE_SIZE(1),

	/**
	 * Data segment, in bytes.
	 */
	DATA(2),

	/**
	 * Stack of the first thread, in bytes.
	 */
	STACK(3),

	/**
	 * Core dump, in bytes.
	 */
	CORE_SIZE(4),

	/**
	 * Resident set, in bytes; Linux does not enforce it.
	 */
	RESIDENT_SET(5),

	/**
	 * Processes and threads of the user, everywhere on the machine; not enforced for
	 * root.
	 */
	PROCESSES(6),

	/**
	 * One more than the highest descriptor.
	 */
	OPEN_FILES(7),

	/**
	 * Memory that cannot be swapped, in bytes.
	 */
	LOCKED_MEMORY(8),

	/**
	 * Virtual memory, in bytes.
	 */
	ADDRESS_SPACE(9),

	/**
	 * File locks; Linux does not enforce it.
	 */
	FILE_LOCKS(10),

	/**
	 * Signals that wait for the user.
	 */
	PENDING_SIGNALS(11),

	/**
	 * POSIX message queues of the user, in bytes.
	 */
	MESSAGE_QUEUES(12),

	/**
	 * How far the nice value may be lowered: 20 less it.
	 */
	NICE_CEILING(13),

	/**
	 * Highest real-time priority.
	 */
	REALTIME_PRIORITY(14),

	/**
	 * Processor time without a blocking call under real-time scheduling, in microseconds.
	 */
	REALTIME_TIME(15);

	private final int number;

	Resource(int number) {
		this.number = number;
	}

	/**
	 * Return the number of the resource.
	 * @return 0 to 15
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Find a resource by its number.
	 * @param number the number
	 * @return the resource
	 * @throws IllegalArgumentException if there is none
	 */
	public static Resource of(int number) {
		if (number < 0 || number >= values().length) {
			throw new IllegalArgumentException("There is no resource " + number);
		}
		return values()[number];
	}

}
