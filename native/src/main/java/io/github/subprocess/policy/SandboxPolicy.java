// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a program that works on untrusted input is deprived of, and all its descendants
 * with it, by Landlock (landlock(7)) and by a filter of system calls (seccomp(2)). It has
 * no more power than the JVM by this, whatever is listed. What is undecided stays as it
 * is.
 * <p>
 * A part that the kernel cannot do fails the start with the name of the part, and makes a
 * launcher unavailable that has it in a policy of its own; a policy may mark the
 * {@link Attribute}s of parts as {@linkplain ProcessPolicy#bestEffort() best effort}.
 * Every sandbox implies {@linkplain ProcessPolicy#noNewPrivileges() no new privileges}.
 * <p>
 * What was opened before stays open: standard streams, and descriptors that a policy
 * keeps.
 *
 * @param readPaths files that may be read, and folders with all in them; absolute paths
 * that exist at each launch. As soon as one of the three lists is decided, all that none
 * of them names is out of reach
 * @param writePaths the same for writing: to change, truncate, make, rename and remove,
 * but not to read
 * @param executePaths the same for executing, and reading
 * @param systemPaths whether {@link #SYSTEM_PATHS} may be read and executed and
 * {@link #SYSTEM_DEVICES} be used in addition; undecided: they may, since hardly any
 * program starts without them
 * @param network whether it reaches a network
 * @param bindPorts the TCP ports that it may listen at, 0 to 65535, where 0 stands for
 * one that the kernel chooses; undecided: all; empty: none
 * @param connectPorts the TCP ports that it may connect to, 0 to 65535, on any machine;
 * undecided: all; empty: none
 * @param isolatesSignals whether it can signal itself and its descendants only
 * @param isolatesAbstractSockets whether it cannot connect to abstract sockets (unix(7))
 * of other processes
 * @param deniedSystemCalls groups of system calls that fail
 * @since 0.1.0
 */
public record SandboxPolicy(@Nullable List<Path> readPaths, @Nullable List<Path> writePaths,
		@Nullable List<Path> executePaths, @Nullable Boolean systemPaths, @Nullable NetworkAccess network,
		@Nullable Set<Integer> bindPorts, @Nullable Set<Integer> connectPorts, @Nullable Boolean isolatesSignals,
		@Nullable Boolean isolatesAbstractSockets, @Nullable Set<SystemCallGroup> deniedSystemCalls) {

	/**
	 * Where programs and their libraries are: to be read and executed. What is missing is
	 * left out.
	 */
	public static final List<Path> SYSTEM_PATHS = paths("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64",
			"/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/ld-musl-x86_64.path", "/etc/ld-musl-aarch64.path",
			"/etc/localtime");

	/**
	 * Devices without a state: to be read and written.
	 */
	public static final List<Path> SYSTEM_DEVICES = paths("/dev/null", "/dev/zero", "/dev/full", "/dev/random",
			"/dev/urandom");

	private static final SandboxPolicy UNDECIDED = new SandboxPolicy(null, null, null, null, null, null, null, null,
			null, null);

	private static final SandboxPolicy STRICT = new SandboxPolicy(List.of(), List.of(), List.of(), true,
			NetworkAccess.NONE, Set.of(), Set.of(), true, true, EnumSet.allOf(SystemCallGroup.class));

	public SandboxPolicy {
		readPaths = copy("sandbox.read-paths", readPaths);
		writePaths = copy("sandbox.write-paths", writePaths);
		executePaths = copy("sandbox.execute-paths", executePaths);
		bindPorts = copyPorts("sandbox.bind-ports", bindPorts);
		connectPorts = copyPorts("sandbox.connect-ports", connectPorts);
		deniedSystemCalls = (deniedSystemCalls != null) ? Set.copyOf(deniedSystemCalls) : null;
	}

	private static List<Path> paths(String... paths) {
		return List.of(paths).stream().map(Path::of).toList();
	}

	private static @Nullable List<Path> copy(String property, @Nullable List<Path> paths) {
		if (paths == null) {
			return null;
		}
		for (Path path : paths) {
			if (!path.isAbsolute()) {
				throw new IllegalArgumentException(property + " must hold absolute paths: " + path);
			}
		}
		return List.copyOf(paths);
	}

	private static @Nullable Set<Integer> copyPorts(String property, @Nullable Set<Integer> ports) {
		if (ports == null) {
			return null;
		}
		ports.forEach((port) -> ProcessPolicy.checkBetween(property, port, 0, 65535));
		return Set.copyOf(ports);
	}

	/**
	 * Return a sandbox that takes nothing.
	 * @return the sandbox to start from
	 */
	public static SandboxPolicy undecided() {
		return UNDECIDED;
	}

	/**
	 * Return a sandbox that takes all it can: no files but those of the system, no
	 * network, no signals and no abstract sockets of others, none of the groups of system
	 * calls. What a program needs for its work is added by {@code withReadPaths} and
	 * {@code withWritePaths}.
	 * @return the sandbox to start from for untrusted input
	 */
	public static SandboxPolicy strict() {
		return STRICT;
	}

	public SandboxPolicy withReadPaths(@Nullable List<Path> readPaths) {
		return new SandboxPolicy(readPaths, this.writePaths, this.executePaths, this.systemPaths, this.network,
				this.bindPorts, this.connectPorts, this.isolatesSignals, this.isolatesAbstractSockets,
				this.deniedSystemCalls);
	}

	public SandboxPolicy withWritePaths(@Nullable List<Path> writePaths) {
		return new SandboxPolicy(this.readPaths, writePaths, this.executePaths, this.systemPaths, this.network,
				this.bindPorts, this.connectPorts, this.isolatesSignals, this.isolatesAbstractSockets,
				this.deniedSystemCalls);
	}

	public SandboxPolicy withExecutePaths(@Nullable List<Path> executePaths) {
		return new SandboxPolicy(this.readPaths, this.writePaths, executePaths, this.systemPaths, this.network,
				this.bindPorts, this.connectPorts, this.isolatesSignals, this.isolatesAbstractSockets,
				this.deniedSystemCalls);
	}

	public SandboxPolicy withSystemPaths(@Nullable Boolean systemPaths) {
		return new SandboxPolicy(this.readPaths, this.writePaths, this.executePaths, systemPaths, this.network,
				this.bindPorts, this.connectPorts, this.isolatesSignals, this.isolatesAbstractSockets,
				this.deniedSystemCalls);
	}

	public SandboxPolicy withNetwork(@Nullable NetworkAccess network) {
		return new SandboxPolicy(this.readPaths, this.writePaths, this.executePaths, this.systemPaths, network,
				this.bindPorts, this.connectPorts, this.isolatesSignals, this.isolatesAbstractSockets,
				this.deniedSystemCalls);
	}

	public SandboxPolicy withBindPorts(@Nullable Set<Integer> bindPorts) {
		return new SandboxPolicy(this.readPaths, this.writePaths, this.executePaths, this.systemPaths, this.network,
				bindPorts, this.connectPorts, this.isolatesSignals, this.isolatesAbstractSockets,
				this.deniedSystemCalls);
	}

	public SandboxPolicy withConnectPorts(@Nullable Set<Integer> connectPorts) {
		return new SandboxPolicy(this.readPaths, this.writePaths, this.executePaths, this.systemPaths, this.network,
				this.bindPorts, connectPorts, this.isolatesSignals, this.isolatesAbstractSockets,
				this.deniedSystemCalls);
	}

	public SandboxPolicy withIsolatesSignals(@Nullable Boolean isolatesSignals) {
		return new SandboxPolicy(this.readPaths, this.writePaths, this.executePaths, this.systemPaths, this.network,
				this.bindPorts, this.connectPorts, isolatesSignals, this.isolatesAbstractSockets,
				this.deniedSystemCalls);
	}

	public SandboxPolicy withIsolatesAbstractSockets(@Nullable Boolean isolatesAbstractSockets) {
		return new SandboxPolicy(this.readPaths, this.writePaths, this.executePaths, this.systemPaths, this.network,
				this.bindPorts, this.connectPorts, this.isolatesSignals, isolatesAbstractSockets,
				this.deniedSystemCalls);
	}

	public SandboxPolicy withDeniedSystemCalls(@Nullable Set<SystemCallGroup> deniedSystemCalls) {
		return new SandboxPolicy(this.readPaths, this.writePaths, this.executePaths, this.systemPaths, this.network,
				this.bindPorts, this.connectPorts, this.isolatesSignals, this.isolatesAbstractSockets,
				deniedSystemCalls);
	}

	/**
	 * Return this sandbox with what is undecided taken from another.
	 * @param other the sandbox beneath, or {@code null}
	 * @return the merged sandbox
	 */
	public SandboxPolicy orElse(@Nullable SandboxPolicy other) {
		if (other == null) {
			return this;
		}
		return new SandboxPolicy(ProcessPolicy.first(this.readPaths, other.readPaths),
				ProcessPolicy.first(this.writePaths, other.writePaths),
				ProcessPolicy.first(this.executePaths, other.executePaths),
				ProcessPolicy.first(this.systemPaths, other.systemPaths),
				ProcessPolicy.first(this.network, other.network), ProcessPolicy.first(this.bindPorts, other.bindPorts),
				ProcessPolicy.first(this.connectPorts, other.connectPorts),
				ProcessPolicy.first(this.isolatesSignals, other.isolatesSignals),
				ProcessPolicy.first(this.isolatesAbstractSockets, other.isolatesAbstractSockets),
				ProcessPolicy.first(this.deniedSystemCalls, other.deniedSystemCalls));
	}

	/**
	 * Return the parts that take something away.
	 * @return their attributes, in their order; empty: there is no sandbox
	 */
	public Set<Attribute> parts() {
		Set<Attribute> parts = EnumSet.noneOf(Attribute.class);
		if (this.readPaths != null || this.writePaths != null || this.executePaths != null) {
			parts.add(Attribute.SANDBOX_FILES);
		}
		if (this.network == NetworkAccess.NONE) {
			parts.add(Attribute.SANDBOX_NETWORK);
		}
		if (this.bindPorts != null || this.connectPorts != null) {
			parts.add(Attribute.SANDBOX_PORTS);
		}
		if (Boolean.TRUE.equals(this.isolatesSignals)) {
			parts.add(Attribute.SANDBOX_SIGNALS);
		}
		if (Boolean.TRUE.equals(this.isolatesAbstractSockets)) {
			parts.add(Attribute.SANDBOX_ABSTRACT_SOCKETS);
		}
		if (this.deniedSystemCalls != null && !this.deniedSystemCalls.isEmpty()) {
			parts.add(Attribute.SANDBOX_SYSTEM_CALLS);
		}
		return parts;
	}

}
