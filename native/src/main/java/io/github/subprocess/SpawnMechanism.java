// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * How a child is born.
 *
 * @since 0.1.0
 */
public enum SpawnMechanism {

	/**
	 * Memory is shared until exec and the calling thread waits meanwhile (vfork(2)
	 * semantics): the cost does not depend on the size of the heap.
	 */
	VFORK,

	/**
	 * Memory is copied: where the kernel refuses the other.
	 */
	FORK,

	/**
	 * By posix_spawn(3) of the C library: on platforms that the native core has no build
	 * for. It can do no more than place descriptors, make a process group and reset
	 * signals; a plan that needs more is refused.
	 */
	POSIX_SPAWN

}
