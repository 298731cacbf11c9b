// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a process may use.
 *
 * @since 0.1.0
 */
public class LimitsProperties {

	/**
	 * Address space of a process, as 2GB, unlimited or soft:hard.
	 */
	private @Nullable String addressSpace;

	/**
	 * Largest core file, as 0, 100MB, unlimited or soft:hard.
	 */
	private @Nullable String coreSize;

	/**
	 * CPU time of a process, in whole seconds unless a duration suffix is specified, as
	 * 30s, unlimited or soft:hard. At the soft limit it gets SIGXCPU, at the hard one
	 * SIGKILL.
	 */
	private @Nullable String cpuTime;

	/**
	 * Data segment of a process, as 1GB, unlimited or soft:hard.
	 */
	private @Nullable String data;

	/**
	 * Number of file locks, as 100, unlimited or soft:hard.
	 */
	private @Nullable String fileLocks;

	/**
	 * Largest file that can be written, as 1GB, unlimited or soft:hard. Beyond it a
	 * process gets SIGXFSZ.
	 */
	private @Nullable String fileSize;

	/**
	 * Memory that can be locked, as 64KB, unlimited or soft:hard.
	 */
	private @Nullable String lockedMemory;

	/**
	 * Bytes in POSIX message queues of the user, as 800KB, unlimited or soft:hard.
	 */
	private @Nullable String messageQueues;

	/**
	 * Ceiling of the nice value, as 20 minus the value, unlimited or soft:hard.
	 */
	private @Nullable String niceCeiling;

	/**
	 * Number of open descriptors of a process, as 256, unlimited or soft:hard.
	 */
	private @Nullable String openFiles;

	/**
	 * Number of pending signals of the user, as 1000, unlimited or soft:hard.
	 */
	private @Nullable String pendingSignals;

	/**
	 * Number of processes and threads of the user, as 100, unlimited or soft:hard.
	 */
	private @Nullable String processes;

	/**
	 * Ceiling of the real-time priority, as 0, unlimited or soft:hard.
	 */
	private @Nullable String realtimePriority;

	/**
	 * CPU time without a blocking call under real-time scheduling, in microseconds unless
	 * a duration suffix is specified, as 100ms, unlimited or soft:hard.
	 */
	private @Nullable String realtimeTime;

	/**
	 * Resident set, which Linux does not enforce, as 1GB, unlimited or soft:hard.
	 */
	private @Nullable String residentSet;

	/**
	 * Stack of the main thread, as 8MB, unlimited or soft:hard.
	 */
	private @Nullable String stack;

	/**
	 * Nice value, from -20 to 19.
	 */
	private @Nullable Integer nice;

	/**
	 * Out-of-memory score adjustment, from -1000 to 1000.
	 */
	private @Nullable Integer oomScore;

	/**
	 * Comma-separated list of the processors that may be used, counted from 0.
	 */
	private @Nullable Set<Integer> affinity;

	public @Nullable String getAddressSpace() {
		return this.addressSpace;
	}

	public void setAddressSpace(@Nullable String addressSpace) {
		this.addressSpace = addressSpace;
	}

	public @Nullable String getCoreSize() {
		return this.coreSize;
	}

	public void setCoreSize(@Nullable String coreSize) {
		this.coreSize = coreSize;
	}

	public @Nullable String getCpuTime() {
		return this.cpuTime;
	}

	public void setCpuTime(@Nullable String cpuTime) {
		this.cpuTime = cpuTime;
	}

	public @Nullable String getData() {
		return this.data;
	}

	public void setData(@Nullable String data) {
		this.data = data;
	}

	public @Nullable String getFileLocks() {
		return this.fileLocks;
	}

	public void setFileLocks(@Nullable String fileLocks) {
		this.fileLocks = fileLocks;
	}

	public @Nullable String getFileSize() {
		return this.fileSize;
	}

	public void setFileSize(@Nullable String fileSize) {
		this.fileSize = fileSize;
	}

	public @Nullable String getLockedMemory() {
		return this.lockedMemory;
	}

	public void setLockedMemory(@Nullable String lockedMemory) {
		this.lockedMemory = lockedMemory;
	}

	public @Nullable String getMessageQueues() {
		return this.messageQueues;
	}

	public void setMessageQueues(@Nullable String messageQueues) {
		this.messageQueues = messageQueues;
	}

	public @Nullable String getNiceCeiling() {
		return this.niceCeiling;
	}

	public void setNiceCeiling(@Nullable String niceCeiling) {
		this.niceCeiling = niceCeiling;
	}

	public @Nullable String getOpenFiles() {
		return this.openFiles;
	}

	public void setOpenFiles(@Nullable String openFiles) {
		this.openFiles = openFiles;
	}

	public @Nullable String getPendingSignals() {
		return this.pendingSignals;
	}

	public void setPendingSignals(@Nullable String pendingSignals) {
		this.pendingSignals = pendingSignals;
	}

	public @Nullable String getProcesses() {
		return this.processes;
	}

	public void setProcesses(@Nullable String processes) {
		this.processes = processes;
	}

	public @Nullable String getRealtimePriority() {
		return this.realtimePriority;
	}

	public void setRealtimePriority(@Nullable String realtimePriority) {
		this.realtimePriority = realtimePriority;
	}

	public @Nullable String getRealtimeTime() {
		return this.realtimeTime;
	}

	public void setRealtimeTime(@Nullable String realtimeTime) {
		this.realtimeTime = realtimeTime;
	}

	public @Nullable String getResidentSet() {
		return this.residentSet;
	}

	public void setResidentSet(@Nullable String residentSet) {
		this.residentSet = residentSet;
	}

	public @Nullable String getStack() {
		return this.stack;
	}

	public void setStack(@Nullable String stack) {
		this.stack = stack;
	}

	public @Nullable Integer getNice() {
		return this.nice;
	}

	public void setNice(@Nullable Integer nice) {
		this.nice = nice;
	}

	public @Nullable Integer getOomScore() {
		return this.oomScore;
	}

	public void setOomScore(@Nullable Integer oomScore) {
		this.oomScore = oomScore;
	}

	public @Nullable Set<Integer> getAffinity() {
		return this.affinity;
	}

	public void setAffinity(@Nullable Set<Integer> affinity) {
		this.affinity = affinity;
	}

}
