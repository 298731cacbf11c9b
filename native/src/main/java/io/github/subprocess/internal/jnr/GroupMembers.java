// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

import io.github.subprocess.spi.SystemCallFailure;
import jnr.constants.platform.Errno;

/**
 * Looks at the members of a process group by reading {@code /proc}.
 *
 * @param alive how many of them are alive
 * @param cpuTime what they have used, with their children that they have waited for
 */
record GroupMembers(int alive, Duration cpuTime) {

	private static final int EINVAL = Errno.EINVAL.intValue();

	private static final Path PROCESSES = Path.of("/proc");

	/**
	 * From the state, field 3 of proc_pid_stat(5), to the number of threads, field 20.
	 */
	private static final int FIELDS_FROM_STATE_TO_THREADS = 17;

	/**
	 * To the user and system time, and those of its children, fields 14 to 17.
	 */
	private static final int FIELDS_FROM_STATE_TO_TIMES = 11;

	private static final int TIMES = 4;

	/**
	 * USER_HZ, which is 100 on every architecture of ours.
	 */
	private static final int MILLIS_A_TICK = 10;

	static GroupMembers of(LibcFunctions libc, int group) throws SystemCallFailure {
		if (group <= 1) {
			throw Errors.systemCall("read /proc", EINVAL);
		}
		int alive = 0;
		long ticks = 0;
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
			for (Path process : processes) {
				// asking for the group first spares opening a file for each process of
				// the machine
				String stat = (libc.getpgid(pid(process)) == group) ? stat(process) : "";
				if (hasLivingThread(stat)) {
					alive++;
				}
				ticks += cpuTicks(stat);
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			throw Errors.systemCall("read /proc", errno(ex));
		}
		return new GroupMembers(alive, Duration.ofMillis(ticks * MILLIS_A_TICK));
	}

	private static int pid(Path process) {
		try {
			return Integer.parseInt(process.getFileName().toString());
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	private static String stat(Path process) {
		try {
			return new String(Files.readAllBytes(process.resolve("stat")), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			// it has been reaped meanwhile
			return "";
		}
	}

	private static String[] fieldsFromState(String stat) {
		return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
	}

	static long cpuTicks(String stat) {
		String[] fields = fieldsFromState(stat);
		long ticks = 0;
		for (int i = 0; i < TIMES && FIELDS_FROM_STATE_TO_TIMES + i < fields.length; i++) {
			ticks += Long.parseLong(fields[FIELDS_FROM_STATE_TO_TIMES + i]);
		}
		return ticks;
	}

	/**
	 * Look at a line of {@code /proc/<pid>/stat}. The name of a program may hold
	 * anything, so the fields count from the last parenthesis. A leader that has ended
	 * while other threads of it run on is shown as a zombie too.
	 */
	static boolean hasLivingThread(String stat) {
		String[] fields = fieldsFromState(stat);
		if (!fields[0].equals("Z") && !fields[0].equals("X")) {
			return !fields[0].isEmpty();
		}
		return fields.length > FIELDS_FROM_STATE_TO_THREADS
				&& Integer.parseInt(fields[FIELDS_FROM_STATE_TO_THREADS]) > 1;
	}

	private static int errno(Exception ex) {
		if (ex instanceof NoSuchFileException) {
			return Errno.ENOENT.intValue();
		}
		return ((ex instanceof AccessDeniedException) ? Errno.EACCES : Errno.EIO).intValue();
	}

}
