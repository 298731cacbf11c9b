// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.cgroup;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import io.github.subprocess.spi.CgroupFiles;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * Removes cgroups. The kernel does not let one go that somebody is in.
 */
final class CgroupRemoval {

	private static final int DEEPEST = 32;

	private CgroupRemoval() {
	}

	/**
	 * Remove a cgroup, with those beneath it that a process may have made.
	 * @return whether it is no more
	 */
	static boolean remove(CgroupFiles files, Path directory) {
		return remove(files, directory, DEEPEST);
	}

	private static boolean remove(CgroupFiles files, Path directory, int depth) {
		if (isRemoved(files, directory)) {
			return true;
		}
		if (depth == 0) {
			return false;
		}
		boolean nobodyBeneath = true;
		try (DirectoryStream<Path> beneath = Files.newDirectoryStream(directory, CgroupRemoval::isDirectory)) {
			for (Path child : beneath) {
				nobodyBeneath &= remove(files, child, depth - 1);
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			return !Files.exists(directory);
		}
		return nobodyBeneath && isRemoved(files, directory);
	}

	private static boolean isDirectory(Path path) {
		return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
	}

	private static boolean isRemoved(CgroupFiles files, Path directory) {
		try {
			files.remove(directory);
			return true;
		}
		catch (SystemCallFailure ex) {
			return ex.errnoName().equals("ENOENT");
		}
	}

	/**
	 * Remove those that JVMs have left which are no more.
	 * @param files the calls for cgroups
	 * @param parent below which
	 */
	static void removeStale(CgroupFiles files, Path parent) {
		try (DirectoryStream<Path> beneath = Files.newDirectoryStream(parent, "subprocess-*")) {
			for (Path child : beneath) {
				if (CgroupName.isOfTheDead(child.getFileName().toString())) {
					remove(files, child);
				}
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			// what cannot be listed is left
		}
	}

}
