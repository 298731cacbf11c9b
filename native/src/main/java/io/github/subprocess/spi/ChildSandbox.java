// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.SystemCallGroup;
import org.jspecify.annotations.Nullable;

/**
 * What a sandbox takes from a child. Components that are {@code null} or {@code false}
 * take nothing.
 *
 * @param files the files that are left to it
 * @param withoutNetwork whether it makes no sockets but those of the file system
 * @param bindPorts the TCP ports that are left to it to listen at
 * @param connectPorts the TCP ports that are left to it to connect to
 * @param isolatesSignals whether it signals its own only
 * @param isolatesAbstractSockets whether it connects to abstract sockets of its own only
 * @param deniedSystemCalls the groups of system calls that fail
 * @since 0.1.0
 */
public record ChildSandbox(@Nullable List<SandboxPath> files, boolean withoutNetwork,
		@Nullable SortedSet<Integer> bindPorts, @Nullable SortedSet<Integer> connectPorts, boolean isolatesSignals,
		boolean isolatesAbstractSockets, Set<SystemCallGroup> deniedSystemCalls) {

	public ChildSandbox {
		files = (files != null) ? List.copyOf(files) : null;
		bindPorts = (bindPorts != null) ? new TreeSet<>(bindPorts) : null;
		connectPorts = (connectPorts != null) ? new TreeSet<>(connectPorts) : null;
		deniedSystemCalls = Set.copyOf(deniedSystemCalls);
	}

	/**
	 * Return the parts that take something away.
	 * @return their attributes, in their order
	 */
	public Set<Attribute> parts() {
		Set<Attribute> parts = EnumSet.noneOf(Attribute.class);
		add(parts, Attribute.SANDBOX_FILES, this.files != null);
		add(parts, Attribute.SANDBOX_NETWORK, this.withoutNetwork);
		add(parts, Attribute.SANDBOX_PORTS, this.bindPorts != null || this.connectPorts != null);
		add(parts, Attribute.SANDBOX_SIGNALS, this.isolatesSignals);
		add(parts, Attribute.SANDBOX_ABSTRACT_SOCKETS, this.isolatesAbstractSockets);
		add(parts, Attribute.SANDBOX_SYSTEM_CALLS, !this.deniedSystemCalls.isEmpty());
		return parts;
	}

	private static void add(Set<Attribute> parts, Attribute part, boolean present) {
		if (present) {
			parts.add(part);
		}
	}

	/**
	 * Return this sandbox without some of its parts.
	 * @param parts the attributes of the parts
	 * @return a new sandbox
	 */
	public ChildSandbox without(Set<Attribute> parts) {
		boolean noPorts = parts.contains(Attribute.SANDBOX_PORTS);
		return new ChildSandbox(parts.contains(Attribute.SANDBOX_FILES) ? null : this.files,
				this.withoutNetwork && !parts.contains(Attribute.SANDBOX_NETWORK), noPorts ? null : this.bindPorts,
				noPorts ? null : this.connectPorts, this.isolatesSignals && !parts.contains(Attribute.SANDBOX_SIGNALS),
				this.isolatesAbstractSockets && !parts.contains(Attribute.SANDBOX_ABSTRACT_SOCKETS),
				parts.contains(Attribute.SANDBOX_SYSTEM_CALLS) ? Set.of() : this.deniedSystemCalls);
	}

}
