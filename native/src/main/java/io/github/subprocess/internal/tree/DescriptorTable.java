// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.subprocess.OpenDescriptor;

/**
 * The descriptors that a process has open, as {@code /proc} tells.
 */
public final class DescriptorTable {

	private DescriptorTable() {
	}

	/**
	 * Read the table of a process.
	 * @param pid its process id
	 * @return its descriptors by number; empty when it is gone or hidden from this user
	 */
	public static List<OpenDescriptor> read(int pid) {
		List<OpenDescriptor> descriptors = new ArrayList<>();
		try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
			for (Path link : links) {
				add(link, descriptors);
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			// it is gone, or belongs to somebody else
			return List.of();
		}
		descriptors.sort(Comparator.comparingInt(OpenDescriptor::number));
		return descriptors;
	}

	private static void add(Path link, List<OpenDescriptor> descriptors) {
		try {
			String target = Files.readSymbolicLink(link).toString();
			descriptors.add(OpenDescriptor.of(Integer.parseInt(link.getFileName().toString()), target));
		}
		catch (IOException ex) {
			// closed meanwhile
		}
	}

}
