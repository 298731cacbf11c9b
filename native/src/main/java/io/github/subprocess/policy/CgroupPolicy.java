// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The cgroup of version 2 that a child is born in (cgroups(7)): one that is there, or one
 * of its own with limits that hold for it and all of its descendants together. A cgroup
 * of its own is made below {@code parent} for each launch, and removed when the process
 * has ended.
 * <p>
 * Limits need a {@code parent}, and their controllers there: those that are not enabled
 * for its children yet are enabled, and stay so.
 *
 * @param join the absolute path of an existing cgroup whose {@code cgroup.procs} the JVM
 * may write
 * @param parent the cgroup below which one is made: an absolute path, or one that is
 * relative to the cgroup of the JVM, {@code .} for below and {@code ..} for beside it
 * @param memoryMaxBytes how much memory they may use, in bytes from 4096
 * ({@code memory.max}): above it the kernel kills
 * @param memoryHighBytes from where on they are slowed down and their memory is
 * reclaimed, in bytes from 4096 ({@code memory.high})
 * @param swapMaxBytes how much of that may be swapped out, in bytes
 * ({@code memory.swap.max}); 0: nothing
 * @param cpuMax how many processors they may use at once, 0.01 to 8192 ({@code cpu.max},
 * with periods of 100 milliseconds)
 * @param cpuWeight how they stand against siblings that want processors, 1 to 10000
 * ({@code cpu.weight}); the kernel's default is 100
 * @param ioWeight how they stand against siblings that want disks, 1 to 10000
 * ({@code io.weight}); the kernel's default is 100
 * @param pidsMax how many processes and threads they may be, 1 to 4194304
 * ({@code pids.max}): fork fails with EAGAIN above it
 * @param files what else is written, by the names of files of controllers, such as
 * {@code io.max} or {@code hugetlb.2MB.max}
 * @since 0.1.0
 */
public record CgroupPolicy(@Nullable Path join, @Nullable Path parent, @Nullable Long memoryMaxBytes,
		@Nullable Long memoryHighBytes, @Nullable Long swapMaxBytes, @Nullable Double cpuMax,
		@Nullable Integer cpuWeight, @Nullable Integer ioWeight, @Nullable Integer pidsMax, Map<String, String> files) {

	/**
	 * The smallest limit on memory, in bytes.
	 */
	public static final long SMALLEST_MEMORY = 4096;

	private static final int LARGEST_WEIGHT = 10_000;

	private static final int LARGEST_PIDS = 4_194_304;

	private static final double FEWEST_PROCESSORS = 0.01;

	private static final double MOST_PROCESSORS = 8192;

	private static final String FILE_NAME = "[a-z][a-z0-9_]*(\\.[A-Za-z0-9_]+)+";

	private static final Set<String> FILES_WITH_KEYS = Set.of("memory.max", "memory.high", "memory.swap.max", "cpu.max",
			"cpu.weight", "io.weight", "pids.max");

	private static final CgroupPolicy UNDECIDED = new CgroupPolicy(null, null, null, null, null, null, null, null, null,
			Map.of());

	public CgroupPolicy {
		if (join != null && !join.isAbsolute()) {
			throw new IllegalArgumentException("cgroup.join must be an absolute path: " + join);
		}
		if (join != null && parent != null) {
			throw new IllegalArgumentException("cgroup.parent must not be set together with cgroup.join: a process "
					+ "joins a cgroup or gets one of its own");
		}
		checkBytes("cgroup.memory-max", memoryMaxBytes, SMALLEST_MEMORY);
		checkBytes("cgroup.memory-high", memoryHighBytes, SMALLEST_MEMORY);
		checkBytes("cgroup.swap-max", swapMaxBytes, 0);
		if (cpuMax != null && !(cpuMax >= FEWEST_PROCESSORS && cpuMax <= MOST_PROCESSORS)) {
			throw new IllegalArgumentException("cgroup.cpu-max must be between 0.01 and 8192 processors: " + cpuMax);
		}
		ProcessPolicy.checkBetween("cgroup.cpu-weight", cpuWeight, 1, LARGEST_WEIGHT);
		ProcessPolicy.checkBetween("cgroup.io-weight", ioWeight, 1, LARGEST_WEIGHT);
		ProcessPolicy.checkBetween("cgroup.pids-max", pidsMax, 1, LARGEST_PIDS);
		files = Map.copyOf(files);
		files.forEach(CgroupPolicy::checkFile);
	}

	private static void checkBytes(String property, @Nullable Long bytes, long smallest) {
		if (bytes != null && bytes < smallest) {
			throw new IllegalArgumentException(property + " must be " + smallest + " bytes at least: " + bytes);
		}
	}

	private static void checkFile(String name, String value) {
		if (!name.matches(FILE_NAME) || name.startsWith("cgroup.")) {
			throw new IllegalArgumentException(
					"cgroup.files must hold names of files of controllers, such as 'io.max': " + name);
		}
		if (FILES_WITH_KEYS.contains(name)) {
			throw new IllegalArgumentException("cgroup.files must not hold " + name + ", which has a key of its own");
		}
		if (value.isBlank() || value.indexOf('\0') >= 0) {
			throw new IllegalArgumentException("cgroup.files must hold a value for " + name);
		}
	}

	/**
	 * Return a policy that decides nothing.
	 * @return the policy to start from
	 */
	public static CgroupPolicy undecided() {
		return UNDECIDED;
	}

	/**
	 * Return a policy under which a child joins a cgroup.
	 * @param cgroup the absolute path of its directory
	 * @return a policy
	 */
	public static CgroupPolicy joining(Path cgroup) {
		return UNDECIDED.withJoin(cgroup);
	}

	/**
	 * Return a policy under which a child gets a cgroup of its own.
	 * @param parent the directory below which it is made
	 * @return a policy to which limits may be added
	 */
	public static CgroupPolicy below(Path parent) {
		return UNDECIDED.withParent(parent);
	}

	public CgroupPolicy withJoin(@Nullable Path join) {
		return new CgroupPolicy(join, this.parent, this.memoryMaxBytes, this.memoryHighBytes, this.swapMaxBytes,
				this.cpuMax, this.cpuWeight, this.ioWeight, this.pidsMax, this.files);
	}

	public CgroupPolicy withParent(@Nullable Path parent) {
		return new CgroupPolicy(this.join, parent, this.memoryMaxBytes, this.memoryHighBytes, this.swapMaxBytes,
				this.cpuMax, this.cpuWeight, this.ioWeight, this.pidsMax, this.files);
	}

	public CgroupPolicy withMemoryMaxBytes(@Nullable Long memoryMaxBytes) {
		return new CgroupPolicy(this.join, this.parent, memoryMaxBytes, this.memoryHighBytes, this.swapMaxBytes,
				this.cpuMax, this.cpuWeight, this.ioWeight, this.pidsMax, this.files);
	}

	public CgroupPolicy withMemoryHighBytes(@Nullable Long memoryHighBytes) {
		return new CgroupPolicy(this.join, this.parent, this.memoryMaxBytes, memoryHighBytes, this.swapMaxBytes,
				this.cpuMax, this.cpuWeight, this.ioWeight, this.pidsMax, this.files);
	}

	public CgroupPolicy withSwapMaxBytes(@Nullable Long swapMaxBytes) {
		return new CgroupPolicy(this.join, this.parent, this.memoryMaxBytes, this.memoryHighBytes, swapMaxBytes,
				this.cpuMax, this.cpuWeight, this.ioWeight, this.pidsMax, this.files);
	}

	public CgroupPolicy withCpuMax(@Nullable Double cpuMax) {
		return new CgroupPolicy(this.join, this.parent, this.memoryMaxBytes, this.memoryHighBytes, this.swapMaxBytes,
				cpuMax, this.cpuWeight, this.ioWeight, this.pidsMax, this.files);
	}

	public CgroupPolicy withCpuWeight(@Nullable Integer cpuWeight) {
		return new CgroupPolicy(this.join, this.parent, this.memoryMaxBytes, this.memoryHighBytes, this.swapMaxBytes,
				this.cpuMax, cpuWeight, this.ioWeight, this.pidsMax, this.files);
	}

	public CgroupPolicy withIoWeight(@Nullable Integer ioWeight) {
		return new CgroupPolicy(this.join, this.parent, this.memoryMaxBytes, this.memoryHighBytes, this.swapMaxBytes,
				this.cpuMax, this.cpuWeight, ioWeight, this.pidsMax, this.files);
	}

	public CgroupPolicy withPidsMax(@Nullable Integer pidsMax) {
		return new CgroupPolicy(this.join, this.parent, this.memoryMaxBytes, this.memoryHighBytes, this.swapMaxBytes,
				this.cpuMax, this.cpuWeight, this.ioWeight, pidsMax, this.files);
	}

	public CgroupPolicy withFiles(Map<String, String> files) {
		return new CgroupPolicy(this.join, this.parent, this.memoryMaxBytes, this.memoryHighBytes, this.swapMaxBytes,
				this.cpuMax, this.cpuWeight, this.ioWeight, this.pidsMax, files);
	}

	/**
	 * Return this policy with what is undecided taken from another; files are merged one
	 * by one. Who joins a cgroup takes nothing from beneath, and who has a parent does
	 * not take a cgroup to join.
	 * @param other the policy beneath, or {@code null}
	 * @return the merged policy
	 */
	public CgroupPolicy orElse(@Nullable CgroupPolicy other) {
		if (other == null || this.join != null) {
			return this;
		}
		Map<String, String> merged = new TreeMap<>(other.files);
		merged.putAll(this.files);
		return new CgroupPolicy((this.parent != null) ? null : other.join,
				ProcessPolicy.first(this.parent, other.parent),
				ProcessPolicy.first(this.memoryMaxBytes, other.memoryMaxBytes),
				ProcessPolicy.first(this.memoryHighBytes, other.memoryHighBytes),
				ProcessPolicy.first(this.swapMaxBytes, other.swapMaxBytes),
				ProcessPolicy.first(this.cpuMax, other.cpuMax), ProcessPolicy.first(this.cpuWeight, other.cpuWeight),
				ProcessPolicy.first(this.ioWeight, other.ioWeight), ProcessPolicy.first(this.pidsMax, other.pidsMax),
				merged);
	}

}
