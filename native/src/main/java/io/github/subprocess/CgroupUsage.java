// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What the members of a cgroup that was made for a process have used together, from its
 * birth until it had ended (cgroups(7)): the process and its descendants, whether
 * somebody has waited for them or not. What is {@code null} the kernel does not tell: its
 * controller is not enabled, or the kernel is too old.
 *
 * @param userTime CPU time in user mode ({@code cpu.stat})
 * @param systemTime CPU time in the kernel ({@code cpu.stat})
 * @param throttledTime how long they were held back by {@code cgroup.cpu-max}
 * ({@code cpu.stat})
 * @param memoryPeakBytes the most memory that they used at once, in bytes, with what the
 * kernel kept for them, such as the page cache ({@code memory.peak}, from Linux 5.19)
 * @param oomKills how many of them the kernel killed for their memory ({@code oom_kill}
 * of {@code memory.events})
 * @param pidsRefused how many times a fork failed since they were too many ({@code max}
 * of {@code pids.events})
 * @since 0.1.0
 */
public record CgroupUsage(@Nullable Duration userTime, @Nullable Duration systemTime, @Nullable Duration throttledTime,
		@Nullable Long memoryPeakBytes, @Nullable Long oomKills, @Nullable Long pidsRefused) {

	/**
	 * Return their CPU time.
	 * @return what they have used in user mode and in the kernel, {@code null} if the
	 * kernel does not tell
	 */
	public @Nullable Duration cpuTime() {
		return (this.userTime != null && this.systemTime != null) ? this.userTime.plus(this.systemTime) : null;
	}

	/**
	 * Return whether the kernel killed one of them for its memory.
	 * @return whether it is known to have
	 */
	public boolean isMemoryLimitHit() {
		return this.oomKills != null && this.oomKills > 0;
	}

	/**
	 * Return whether a fork failed since they were too many.
	 * @return whether one is known to have
	 */
	public boolean isPidsLimitHit() {
		return this.pidsRefused != null && this.pidsRefused > 0;
	}

	/**
	 * Return what of the limits was hit, as a part of a sentence, empty if nothing.
	 */
	String limitsHit() {
		StringBuilder text = new StringBuilder();
		if (isMemoryLimitHit()) {
			text.append(" (the memory limit of its cgroup was hit: ").append(this.oomKills).append(" killed");
			text.append((this.memoryPeakBytes != null) ? ", peak " + this.memoryPeakBytes + " bytes)" : ")");
		}
		if (isPidsLimitHit()) {
			text.append(" (the limit of its cgroup on processes was hit: ")
				.append(this.pidsRefused)
				.append(" refused)");
		}
		return text.toString();
	}

}
