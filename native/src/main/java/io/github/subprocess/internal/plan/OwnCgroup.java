// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where the JVM itself is among cgroups.
 */
final class OwnCgroup {

	private static final String PROCESSES = "cgroup.procs";

	private OwnCgroup() {
	}

	/**
	 * Return whether the JVM is a member of a cgroup, or of one beneath it.
	 * @param cgroup the directory of the cgroup
	 * @return whether it is; not when that cannot be read, where nothing can be born
	 * either
	 */
	static boolean isWithin(Path cgroup) {
		String jvm = String.valueOf(ProcessHandle.current().pid());
		try (Stream<Path> files = Files.find(cgroup, 32, (path, attributes) -> path.endsWith(PROCESSES))) {
			for (Path file : files.toList()) {
				if (Files.readAllLines(file).contains(jvm)) {
					return true;
				}
			}
			return false;
		}
		catch (IOException | UncheckedIOException ex) {
			return false;
		}
	}

}
