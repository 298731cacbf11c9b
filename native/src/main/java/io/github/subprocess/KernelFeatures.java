// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * What the kernel of this machine has and leaves to this JVM: the sandbox of a container
 * may keep from it what the kernel has.
 *
 * @param clone3 whether there is clone3(2), Linux 5.3
 * @param closeRange whether there is close_range(2), Linux 5.9: without it a child closes
 * descriptors one by one
 * @param cgroup2 whether the hierarchy of cgroups is that of version 2, cgroups(7)
 * @since 0.1.0
 */
public record KernelFeatures(boolean clone3, boolean closeRange, boolean cgroup2) {

}
