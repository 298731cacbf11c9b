// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * What a launcher has found on the machine that it runs on.
 *
 * @param mechanism how processes are born there unless their policy asks for another way
 * @param pidfds whether the kernel tells of the end of a process by a descriptor
 * (pidfd_open(2), Linux 5.3). Where an older kernel or a sandbox has none, each process
 * is looked at every few milliseconds, every 50 when it runs for long, and the ends of
 * processes are noticed that much later
 * @param sandbox what can be done of sandboxes for untrusted input
 * @param kernel what else the kernel has
 * @param coreAbi the version of the ABI of the native core, from 1 on; 0: there is none,
 * and processes are born by posix_spawn(3)
 * @param version the version of this library and of the core in its jar, {@code unknown}
 * if the jar was repacked without it
 * @since 0.1.0
 */
public record LaunchPlatform(SpawnMechanism mechanism, boolean pidfds, SandboxSupport sandbox, KernelFeatures kernel,
		int coreAbi, String version) {

}
