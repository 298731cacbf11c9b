// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Where cgroups of version 2 are to be found (cgroups(7), proc_pid_mountinfo(5)).
 */
public final class CgroupHierarchy {

	private static final int MOUNT_ROOT = 3;

	private static final int MOUNT_POINT = 4;

	private CgroupHierarchy() {
	}

	/**
	 * Return the directory of the cgroup of the JVM.
	 * @return the directory, {@code null} where none is mounted that holds it
	 */
	public static @Nullable Path own() {
		try {
			return own(Files.readAllLines(Path.of("/proc/self/cgroup")),
					Files.readAllLines(Path.of("/proc/self/mountinfo")));
		}
		catch (IOException ex) {
			return null;
		}
	}

	static @Nullable Path own(List<String> cgroups, List<String> mounts) {
		Path own = cgroups.stream()
			.filter((line) -> line.startsWith("0::/"))
			.map((line) -> Path.of(line.substring(3)))
			.findFirst()
			.orElse(null);
		if (own == null) {
			return null;
		}
		for (String mount : mounts) {
			String[] fields = mount.split(" ", -1);
			int separator = Arrays.asList(fields).indexOf("-");
			if (separator < 0 || !fields[separator + 1].equals("cgroup2")) {
				continue;
			}
			Path root = Path.of(fields[MOUNT_ROOT]);
			if (own.startsWith(root)) {
				return Path.of(fields[MOUNT_POINT]).resolve(root.relativize(own)).normalize();
			}
		}
		return null;
	}

	/**
	 * Return the directory that a policy means.
	 * @param parent an absolute path, or one that is relative to the cgroup of the JVM
	 * @return the directory, {@code null} where it is not known
	 */
	public static @Nullable Path resolve(Path parent) {
		if (parent.isAbsolute()) {
			return parent;
		}
		Path own = own();
		return (own != null) ? own.resolve(parent).normalize() : null;
	}

	/**
	 * Return the words of a file of a cgroup.
	 * @param file the file
	 * @return its words, none if it cannot be read
	 */
	public static Set<String> words(Path file) {
		try {
			Set<String> words = new TreeSet<>(List.of(Files.readString(file).strip().split("\\s+", -1)));
			words.remove("");
			return words;
		}
		catch (IOException ex) {
			return Set.of();
		}
	}

}
