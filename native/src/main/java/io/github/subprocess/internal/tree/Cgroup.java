// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.subprocess.LeftOver;
import io.github.subprocess.LeftOver.Reason;

/**
 * A cgroup of version 2 with those beneath it (cgroups(7)).
 *
 * @param directory its directory
 */
public record Cgroup(Path directory) {

	private static final int DEEPEST = 32;

	/**
	 * Return who is in it. Zombies are not.
	 * @return process ids
	 * @throws IOException if it cannot be read
	 */
	public Set<Integer> members() throws IOException {
		Set<Integer> members = new TreeSet<>();
		collect(this.directory, members, DEEPEST);
		return members;
	}

	private static void collect(Path directory, Set<Integer> members, int depth) throws IOException {
		for (String pid : Files.readAllLines(directory.resolve("cgroup.procs"), StandardCharsets.US_ASCII)) {
			// 0: somebody outside of the pid namespace of this JVM
			if (!pid.equals("0")) {
				members.add(Integer.valueOf(pid));
			}
		}
		if (depth == 0) {
			return;
		}
		try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, Files::isDirectory)) {
			for (Path child : children) {
				collect(child, members, depth - 1);
			}
		}
		catch (DirectoryIteratorException ex) {
			throw ex.getCause();
		}
	}

	/**
	 * Return those in it that live.
	 * @param reason why they do
	 * @param leader who is not one of them
	 * @return who lives, nobody where it is no more
	 */
	public List<LeftOver> leftOvers(Reason reason, int leader) {
		List<LeftOver> left = new ArrayList<>();
		try {
			for (Integer pid : members()) {
				ProcessEntry entry = (pid != leader) ? ProcessEntry.read(pid) : null;
				if (entry != null && entry.alive()) {
					left.add(new LeftOver(pid, entry.name(), reason));
				}
			}
		}
		catch (IOException ex) {
			// it is no more
		}
		return left;
	}

	/**
	 * Have the kernel kill all of them at once.
	 * @throws IOException where the kernel is older than 5.14, or the file is not
	 * writable
	 */
	public void kill() throws IOException {
		Files.writeString(this.directory.resolve("cgroup.kill"), "1", StandardOpenOption.WRITE);
	}

}
