// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import org.jspecify.annotations.Nullable;

/**
 * What the members of a cgroup that was made for a live process use together at one
 * moment, and have used so far. What is {@code null} the kernel does not tell.
 *
 * @param usage what they have used since its birth
 * @param memoryBytes the memory that they use, in bytes, with what the kernel keeps for
 * them, such as the page cache ({@code memory.current})
 * @param pids how many processes and threads they are ({@code pids.current})
 * @since 0.1.0
 */
public record CgroupFigures(CgroupUsage usage, @Nullable Long memoryBytes, @Nullable Long pids) {

}
