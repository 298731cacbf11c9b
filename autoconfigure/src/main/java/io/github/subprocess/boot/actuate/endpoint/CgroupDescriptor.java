// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.time.Duration;

import io.github.subprocess.CgroupFigures;
import io.github.subprocess.CgroupUsage;
import org.jspecify.annotations.Nullable;

/**
 * What those in the cgroup that was made for a process use together, or have used by its
 * end. What the kernel does not tell is {@code null} and left out of the response.
 *
 * @param cpuTime CPU time, in user mode and in the kernel
 * @param throttledTime how long they were held back by {@code cgroup.cpu-max}
 * @param memoryBytes memory that they use now, while the process is alive
 * @param memoryPeakBytes the most memory that they used at once
 * @param oomKills how many of them the kernel killed for their memory
 * @param pids how many processes and threads they are now, while the process is alive
 * @param pidsRefused how many times a fork failed since they were too many
 * @since 0.1.0
 */
public record CgroupDescriptor(@Nullable Duration cpuTime, @Nullable Duration throttledTime, @Nullable Long memoryBytes,
		@Nullable Long memoryPeakBytes, @Nullable Long oomKills, @Nullable Long pids, @Nullable Long pidsRefused) {

	static CgroupDescriptor of(CgroupFigures figures) {
		CgroupUsage usage = figures.usage();
		return new CgroupDescriptor(usage.cpuTime(), usage.throttledTime(), figures.memoryBytes(),
				usage.memoryPeakBytes(), usage.oomKills(), figures.pids(), usage.pidsRefused());
	}

}
