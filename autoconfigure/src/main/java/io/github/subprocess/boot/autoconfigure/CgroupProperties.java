// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * The cgroup that a process is in, and the limits of one that is made for it.
 *
 * @since 0.1.0
 */
public class CgroupProperties {

	/**
	 * Absolute path of the existing cgroup of version 2 that the process joins.
	 */
	private @Nullable Path join;

	/**
	 * Cgroup of version 2 below which one is made for the process: an absolute path, or
	 * one relative to the cgroup of the JVM, as '..'.
	 */
	private @Nullable String parent;

	/**
	 * Memory that the process and its descendants may use together; the kernel kills
	 * above it.
	 */
	private @Nullable DataSize memoryMax;

	/**
	 * Memory from where on they are slowed down and their memory is reclaimed.
	 */
	private @Nullable DataSize memoryHigh;

	/**
	 * Memory of theirs that may be swapped out.
	 */
	private @Nullable DataSize swapMax;

	/**
	 * Number of processors that they may use at once, as 1.5.
	 */
	private @Nullable Double cpuMax;

	/**
	 * Weight against siblings that want processors, 1 to 10000; 100 is the default of the
	 * kernel.
	 */
	private @Nullable Integer cpuWeight;

	/**
	 * Weight against siblings that want disks, 1 to 10000; 100 is the default of the
	 * kernel.
	 */
	private @Nullable Integer ioWeight;

	/**
	 * Number of processes and threads that they may be.
	 */
	private @Nullable Integer pidsMax;

	/**
	 * Values of other files of controllers, by name in brackets, as '[io.max]'.
	 */
	private @Nullable Map<String, String> files;

	public @Nullable Path getJoin() {
		return this.join;
	}

	public void setJoin(@Nullable Path join) {
		this.join = join;
	}

	public @Nullable String getParent() {
		return this.parent;
	}

	public void setParent(@Nullable String parent) {
		this.parent = parent;
	}

	public @Nullable DataSize getMemoryMax() {
		return this.memoryMax;
	}

	public void setMemoryMax(@Nullable DataSize memoryMax) {
		this.memoryMax = memoryMax;
	}

	public @Nullable DataSize getMemoryHigh() {
		return this.memoryHigh;
	}

	public void setMemoryHigh(@Nullable DataSize memoryHigh) {
		this.memoryHigh = memoryHigh;
	}

	public @Nullable DataSize getSwapMax() {
		return this.swapMax;
	}

	public void setSwapMax(@Nullable DataSize swapMax) {
		this.swapMax = swapMax;
	}

	public @Nullable Double getCpuMax() {
		return this.cpuMax;
	}

	public void setCpuMax(@Nullable Double cpuMax) {
		this.cpuMax = cpuMax;
	}

	public @Nullable Integer getCpuWeight() {
		return this.cpuWeight;
	}

	public void setCpuWeight(@Nullable Integer cpuWeight) {
		this.cpuWeight = cpuWeight;
	}

	public @Nullable Integer getIoWeight() {
		return this.ioWeight;
	}

	public void setIoWeight(@Nullable Integer ioWeight) {
		this.ioWeight = ioWeight;
	}

	public @Nullable Integer getPidsMax() {
		return this.pidsMax;
	}

	public void setPidsMax(@Nullable Integer pidsMax) {
		this.pidsMax = pidsMax;
	}

	public @Nullable Map<String, String> getFiles() {
		return this.files;
	}

	public void setFiles(@Nullable Map<String, String> files) {
		this.files = files;
	}

}
