// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.github.subprocess.policy.NetworkAccess;
import io.github.subprocess.policy.SystemCallGroup;
import org.jspecify.annotations.Nullable;

/**
 * What a process is deprived of.
 *
 * @since 0.1.0
 */
public class SandboxProperties {

	/**
	 * Whether to take all that can be taken and is not decided here: files but those of
	 * the system, network, signals and abstract sockets of others, groups of system
	 * calls.
	 */
	private @Nullable Boolean strict;

	/**
	 * Comma-separated list of absolute paths that can be read. With one of the lists of
	 * paths, what none of them names is out of reach.
	 */
	private @Nullable List<Path> readPaths;

	/**
	 * Comma-separated list of absolute paths that can be written.
	 */
	private @Nullable List<Path> writePaths;

	/**
	 * Comma-separated list of absolute paths that can be executed and read.
	 */
	private @Nullable List<Path> executePaths;

	/**
	 * Whether programs and libraries of the system can be read and executed.
	 */
	private @Nullable Boolean systemPaths;

	/**
	 * Network that can be reached.
	 */
	private @Nullable NetworkAccess network;

	/**
	 * Comma-separated list of TCP ports that can be listened at; empty: none.
	 */
	private @Nullable Set<Integer> bindPorts;

	/**
	 * Comma-separated list of TCP ports that can be connected to; empty: none.
	 */
	private @Nullable Set<Integer> connectPorts;

	/**
	 * Whether only the process and its descendants can be signalled.
	 */
	private @Nullable Boolean isolateSignals;

	/**
	 * Whether abstract sockets of other processes are out of reach.
	 */
	private @Nullable Boolean isolateAbstractSockets;

	/**
	 * Comma-separated list of groups of system calls that fail.
	 */
	private @Nullable Set<SystemCallGroup> deniedSystemCalls;

	public @Nullable Boolean getStrict() {
		return this.strict;
	}

	public void setStrict(@Nullable Boolean strict) {
		this.strict = strict;
	}

	public @Nullable List<Path> getReadPaths() {
		return this.readPaths;
	}

	public void setReadPaths(@Nullable List<Path> readPaths) {
		this.readPaths = readPaths;
	}

	public @Nullable List<Path> getWritePaths() {
		return this.writePaths;
	}

	public void setWritePaths(@Nullable List<Path> writePaths) {
		this.writePaths = writePaths;
	}

	public @Nullable List<Path> getExecutePaths() {
		return this.executePaths;
	}

	public void setExecutePaths(@Nullable List<Path> executePaths) {
		this.executePaths = executePaths;
	}

	public @Nullable Boolean getSystemPaths() {
		return this.systemPaths;
	}

	public void setSystemPaths(@Nullable Boolean systemPaths) {
		this.systemPaths = systemPaths;
	}

	public @Nullable NetworkAccess getNetwork() {
		return this.network;
	}

	public void setNetwork(@Nullable NetworkAccess network) {
		this.network = network;
	}

	public @Nullable Set<Integer> getBindPorts() {
		return this.bindPorts;
	}

	public void setBindPorts(@Nullable Set<Integer> bindPorts) {
		this.bindPorts = bindPorts;
	}

	public @Nullable Set<Integer> getConnectPorts() {
		return this.connectPorts;
	}

	public void setConnectPorts(@Nullable Set<Integer> connectPorts) {
		this.connectPorts = connectPorts;
	}

	public @Nullable Boolean getIsolateSignals() {
		return this.isolateSignals;
	}

	public void setIsolateSignals(@Nullable Boolean isolateSignals) {
		this.isolateSignals = isolateSignals;
	}

	public @Nullable Boolean getIsolateAbstractSockets() {
		return this.isolateAbstractSockets;
	}

	public void setIsolateAbstractSockets(@Nullable Boolean isolateAbstractSockets) {
		this.isolateAbstractSockets = isolateAbstractSockets;
	}

	public @Nullable Set<SystemCallGroup> getDeniedSystemCalls() {
		return this.deniedSystemCalls;
	}

	public void setDeniedSystemCalls(@Nullable Set<SystemCallGroup> deniedSystemCalls) {
		this.deniedSystemCalls = deniedSystemCalls;
	}

}
