// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.internal.cgroup.CgroupHierarchy;
import org.jspecify.annotations.Nullable;

/**
 * Where tests may make cgroups: below the root of version 2, or beside the JVM where only
 * what is above that is theirs.
 */
final class TestCgroups {

	private static final List<Path> ROOTS = List.of(Path.of("/sys/fs/cgroup/unified"), Path.of("/sys/fs/cgroup"));

	private TestCgroups() {
	}

	/**
	 * Make one.
	 * @param name the beginning of its name
	 * @return its directory, {@code null} where none may be made
	 */
	static @Nullable Path make(String name) {
		List<Path> candidates = new ArrayList<>(ROOTS);
		Path own = own();
		if (own != null && own.getParent() != null) {
			candidates.add(own.getParent());
		}
		for (Path candidate : candidates) {
			if (Files.isWritable(candidate) && Files.exists(candidate.resolve("cgroup.subtree_control"))) {
				try {
					return Files.createDirectory(candidate.resolve(name + ProcessHandle.current().pid()));
				}
				catch (IOException ex) {
					// not delegated
				}
			}
		}
		return null;
	}

	/**
	 * Return the cgroup of the JVM.
	 */
	static @Nullable Path own() {
		return CgroupHierarchy.own();
	}

	/**
	 * Return the cgroup of a child, in the words of its shell.
	 */
	static String ownOfAChild() {
		Path root = ROOTS.stream()
			.filter((path) -> Files.exists(path.resolve("cgroup.controllers")))
			.findFirst()
			.orElseThrow();
		return root + "$(grep ^0:: /proc/self/cgroup | cut -d: -f3)";
	}

}
