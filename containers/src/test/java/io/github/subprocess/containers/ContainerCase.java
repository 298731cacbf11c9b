// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.containers;

import java.util.ArrayList;
import java.util.List;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import org.jspecify.annotations.Nullable;

/**
 * What is taken from a container, what runs in it, and what has to come of that. A case
 * is described once, by methods that return a changed copy.
 *
 * @param name what the table calls it
 * @param core whether it is one of those that always run
 * @param user as whom, {@code null}: root
 * @param changes what differs from a container without options
 * @param jvmOptions what the JVM is given
 * @param shell a command that replaces itself by the JVM, {@code null}: the JVM is the
 * first process itself
 * @param behaviours the set of tests
 * @param expected what has to come of it
 */
record ContainerCase(String name, boolean core, @Nullable String user, List<Change> changes, List<String> jvmOptions,
		@Nullable String shell, String behaviours, Expected expected) {

	/**
	 * The loader asks /proc where the program lies, beside which it finds its libraries.
	 */
	private static final String WITHOUT_PROC = """
			home=$(readlink -f "$(command -v java)")
			home=${home%/bin/java}
			export LD_LIBRARY_PATH="$home/lib:$home/lib/server"
			umount -l /proc && exec "$@"
			""";

	/**
	 * A change of the options of a container.
	 */
	@FunctionalInterface
	interface Change {

		void apply(HostConfig host);

	}

	static ContainerCase named(String name) {
		return new ContainerCase(name, false, null, List.of((host) -> host.withInit(true)), List.of(), null,
				"essentials", Expected.good());
	}

	ContainerCase always() {
		return new ContainerCase(this.name, true, this.user, this.changes, this.jvmOptions, this.shell, this.behaviours,
				this.expected);
	}

	ContainerCase user(String user) {
		return new ContainerCase(this.name, this.core, user, this.changes, this.jvmOptions, this.shell, this.behaviours,
				this.expected);
	}

	ContainerCase with(Change change) {
		List<Change> changes = new ArrayList<>(this.changes);
		changes.add(change);
		return new ContainerCase(this.name, this.core, this.user, changes, this.jvmOptions, this.shell, this.behaviours,
				this.expected);
	}

	ContainerCase jvm(String... options) {
		return new ContainerCase(this.name, this.core, this.user, this.changes, List.of(options), this.shell,
				this.behaviours, this.expected);
	}

	ContainerCase run(String behaviours) {
		return new ContainerCase(this.name, this.core, this.user, this.changes, this.jvmOptions, this.shell, behaviours,
				this.expected);
	}

	ContainerCase expect(Expected expected) {
		return new ContainerCase(this.name, this.core, this.user, this.changes, this.jvmOptions, this.shell,
				this.behaviours, expected);
	}

	/**
	 * Let the JVM be the first process. It is not otherwise: tests leave orphans behind,
	 * and somebody has to reap them.
	 */
	ContainerCase withoutInit() {
		return with((host) -> host.withInit(false));
	}

	ContainerCase refuse(int errno, String... calls) {
		String profile = SeccompProfile.refuse(errno, calls).json();
		return with((host) -> host.withSecurityOpts(List.of("seccomp=" + profile)));
	}

	/**
	 * Take {@code /proc} away before the JVM starts: who may mount may unmount.
	 */
	ContainerCase withoutProc() {
		ContainerCase changed = with((host) -> host.withCapAdd(Capability.SYS_ADMIN)
			.withSecurityOpts(securityWith(host, "apparmor=unconfined")));
		return new ContainerCase(changed.name, changed.core, changed.user, changed.changes, changed.jvmOptions,
				WITHOUT_PROC, changed.behaviours, changed.expected);
	}

	private static List<String> securityWith(HostConfig host, String option) {
		List<String> options = new ArrayList<>();
		if (host.getSecurityOpts() != null) {
			options.addAll(host.getSecurityOpts());
		}
		options.add(option);
		return options;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
