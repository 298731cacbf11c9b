// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.cgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import io.github.subprocess.policy.CgroupPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One limit of a cgroup, as the kernel takes it.
 *
 * @param key the key of the policy that asks for it
 * @param file the name of the file that it is written to
 * @param value what is written
 */
public record CgroupLimit(String key, String file, String value) {

	private static final int CPU_PERIOD_MICROS = 100_000;

	/**
	 * Return the limits of a policy.
	 * @param policy the policy
	 * @return its limits, in the order in which they are written
	 */
	public static List<CgroupLimit> of(CgroupPolicy policy) {
		List<CgroupLimit> limits = new ArrayList<>();
		add(limits, "memory-max", "memory.max", policy.memoryMaxBytes());
		add(limits, "memory-high", "memory.high", policy.memoryHighBytes());
		add(limits, "swap-max", "memory.swap.max", policy.swapMaxBytes());
		add(limits, "cpu-max", "cpu.max", (policy.cpuMax() != null)
				? Math.round(policy.cpuMax() * CPU_PERIOD_MICROS) + " " + CPU_PERIOD_MICROS : null);
		add(limits, "cpu-weight", "cpu.weight", policy.cpuWeight());
		add(limits, "io-weight", "io.weight", policy.ioWeight());
		add(limits, "pids-max", "pids.max", policy.pidsMax());
		new TreeMap<>(policy.files()).forEach((file, value) -> add(limits, "files", file, value));
		return List.copyOf(limits);
	}

	private static void add(List<CgroupLimit> limits, String key, String file, @Nullable Object value) {
		if (value != null) {
			limits.add(new CgroupLimit("cgroup." + key, file, value.toString()));
		}
	}

	/**
	 * Return the name of the controller that has the file.
	 * @return its name, such as {@code memory}
	 */
	public String controller() {
		return this.file.substring(0, this.file.indexOf('.'));
	}

}
