// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * What the kernel tells about a process in {@code /proc/<pid>/stat} (proc_pid_stat(5)).
 *
 * @param pid its process id
 * @param name the name of its program, at most 15 characters
 * @param alive whether a thread of it lives: otherwise it is a zombie
 * @param parent its parent
 * @param group its process group
 * @param session its session
 * @param start when it was born, in clock ticks since the machine was: together with the
 * pid it tells one process from all others
 */
record ProcessEntry(int pid, String name, boolean alive, int parent, int group, int session, long start) {

	private static final int STATE = 0;

	private static final int PARENT = 1;

	private static final int GROUP = 2;

	private static final int SESSION = 3;

	private static final int THREADS = 17;

	private static final int START = 19;

	/**
	 * Read the entry of a process.
	 * @param pid its process id
	 * @return the entry, {@code null} when there is no such process
	 */
	static @Nullable ProcessEntry read(int pid) {
		Path file = Path.of("/proc/" + pid + "/stat");
		for (int tries = 0; tries < 2; tries++) {
			try {
				byte[] stat = Files.readAllBytes(file);
				return parse(pid, new String(stat, StandardCharsets.ISO_8859_1));
			}
			catch (NoSuchFileException ex) {
				// it has been reaped, or is hidden from this user
				return null;
			}
			catch (IOException ex) {
				// it is being reaped, or descriptors are wanting for a moment
			}
		}
		return null;
	}

	/**
	 * Read a line. The name of a program may hold anything, so the fields count from the
	 * last parenthesis.
	 */
	static @Nullable ProcessEntry parse(int pid, String stat) {
		int nameEnd = stat.lastIndexOf(')');
		int nameBegin = stat.indexOf('(');
		String[] fields = stat.substring(nameEnd + 1).strip().split(" ", -1);
		if (nameBegin < 0 || fields.length <= START) {
			return null;
		}
		return new ProcessEntry(pid, stat.substring(nameBegin + 1, nameEnd), isAlive(fields),
				Integer.parseInt(fields[PARENT]), Integer.parseInt(fields[GROUP]), Integer.parseInt(fields[SESSION]),
				Long.parseLong(fields[START]));
	}

	/**
	 * A leader that has ended while other threads of it run on is shown as a zombie too.
	 */
	private static boolean isAlive(String[] fields) {
		String state = fields[STATE];
		return (!state.equals("Z") && !state.equals("X")) || Integer.parseInt(fields[THREADS]) > 1;
	}

	/**
	 * Return whether another entry is of the same process.
	 */
	boolean isSame(@Nullable ProcessEntry other) {
		return other != null && other.pid == this.pid && other.start == this.start;
	}

}
