// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.containers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
 * @param found what the program must have found inside: that the change is in force
 */
record ContainerCase(String name, boolean core, @Nullable String user, List<Change> changes, List<String> jvmOptions,
		@Nullable String shell, String behaviours, Expected expected, List<String> found) {

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
				"essentials", Expected.good(), List.of());
	}

	ContainerCase always() {
		return new ContainerCase(this.name, true, this.user, this.changes, this.jvmOptions, this.shell, this.behaviours,
				this.expected, this.found);
	}

	ContainerCase user(String user) {
		return found("uid=" + user.split(":")[0]).as(user);
	}

	private ContainerCase as(String user) {
		return new ContainerCase(this.name, this.core, user, this.changes, this.jvmOptions, this.shell, this.behaviours,
				this.expected, this.found);
	}

	ContainerCase with(Change change) {
		List<Change> changes = new ArrayList<>(this.changes);
		changes.add(change);
		return new ContainerCase(this.name, this.core, this.user, changes, this.jvmOptions, this.shell, this.behaviours,
				this.expected, this.found);
	}

	ContainerCase jvm(String... options) {
		return new ContainerCase(this.name, this.core, this.user, this.changes, List.of(options), this.shell,
				this.behaviours, this.expected, this.found);
	}

	ContainerCase run(String behaviours) {
		return new ContainerCase(this.name, this.core, this.user, this.changes, this.jvmOptions, this.shell, behaviours,
				this.expected, this.found);
	}

	ContainerCase expect(Expected expected) {
		return new ContainerCase(this.name, this.core, this.user, this.changes, this.jvmOptions, this.shell,
				this.behaviours, expected, this.found);
	}

	/**
	 * Let the JVM be the first process. It is not otherwise: tests leave orphans behind,
	 * and somebody has to reap them.
	 */
	ContainerCase withoutInit() {
		return with((host) -> host.withInit(false)).found("pid=1 ");
	}

	ContainerCase refuse(int errno, String... calls) {
		SeccompProfile profile = SeccompProfile.refuse(errno, calls);
		return with((host) -> host.withSecurityOpts(List.of("seccomp=" + profile.json()))).found("seccomp=2")
			.found(profile.found().toArray(String[]::new));
	}

	/**
	 * Take {@code /proc} away before the JVM starts: who may mount may unmount.
	 */
	ContainerCase withoutProc() {
		ContainerCase changed = with((host) -> host.withCapAdd(Capability.SYS_ADMIN)
			.withSecurityOpts(securityWith(host, "apparmor=unconfined")));
		return new ContainerCase(changed.name, changed.core, changed.user, changed.changes, changed.jvmOptions,
				WITHOUT_PROC, changed.behaviours, changed.expected, without("seccomp=2", "proc=none"));
	}

	private List<String> without(String unseen, String found) {
		// what /proc says cannot be found without it
		return Stream.concat(this.found.stream().filter((text) -> !text.equals(unseen)), Stream.of(found)).toList();
	}

	/**
	 * Say how the program can tell that a change is in force.
	 */
	ContainerCase found(String... texts) {
		List<String> found = Stream.concat(this.found.stream(), Stream.of(texts)).toList();
		return new ContainerCase(this.name, this.core, this.user, this.changes, this.jvmOptions, this.shell,
				this.behaviours, this.expected, found);
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
