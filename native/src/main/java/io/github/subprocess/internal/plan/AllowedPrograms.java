// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Holds a program against a list of files and directories. A file is allowed by the name
 * that it has there: many names may lead to one program that does by its name what it
 * does, as with busybox.
 */
final class AllowedPrograms {

	private AllowedPrograms() {
	}

	/**
	 * Tell whether a program is allowed.
	 * @param allowed files and directories
	 * @param location where the program lies, no directory of it being a link
	 * @param file the file that it is
	 * @return whether one of them allows it
	 */
	static boolean allow(List<Path> allowed, Path location, Path file) {
		return allowed.stream().anyMatch((entry) -> allows(entry, location, file));
	}

	private static boolean allows(Path entry, Path location, Path file) {
		try {
			if (Files.isDirectory(entry)) {
				Path directory = entry.toRealPath();
				return location.startsWith(directory) && file.startsWith(directory);
			}
			Path directory = entry.getParent();
			return directory != null && location.equals(directory.toRealPath().resolve(entry.getFileName()));
		}
		catch (IOException ex) {
			// what is not there allows nothing
			return false;
		}
	}

}
