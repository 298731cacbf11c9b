// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * How the descriptors that a child must not inherit are closed in it.
 *
 * @since 0.1.0
 */
public enum DescriptorClosing {

	/**
	 * By taking a copy of the lower part of the JVM's table only, close_range(2) with
	 * {@code CLOSE_RANGE_UNSHARE}: a start costs the same with ten open descriptors and
	 * with ten thousand.
	 */
	UNSHARE,

	/**
	 * By close_range(2).
	 */
	CLOSE_RANGE,

	/**
	 * By reading {@code /proc/self/fd}.
	 */
	PROC_SELF_FD,

	/**
	 * One by one up to a bound.
	 */
	LOOP,

	/**
	 * Not at all: only close-on-exec holds.
	 */
	NONE

}
