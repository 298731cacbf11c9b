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
	FORK

}
