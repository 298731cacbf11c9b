// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.subprocess.ProcessFigures;
import io.github.subprocess.ProcessFigures.Activity;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code /proc} tells about the use of a process. Whether a number still
 * stands for the process that is meant is for the caller to know.
 */
public final class FiguresReader {

	/**
	 * What the kernel counts CPU time in towards programs, on all architectures
	 * (USER_HZ).
	 */
	private static final Duration TICK = Duration.ofMillis(10);

	private static final int STATE = 0;

	private static final int PARENT = 1;

	private static final int USER_TICKS = 11;

	private static final int SYSTEM_TICKS = 12;

	private static final int THREADS = 17;

	private FiguresReader() {
	}

	/**
	 * Read the figures of a process.
	 * @param pid its process id
	 * @return the figures, {@code null} when there is no such process
	 */
	public static @Nullable ProcessFigures read(int pid) {
		Path directory = Path.of("/proc", Integer.toString(pid));
		try {
			return parse(pid, text(directory.resolve("stat")), text(directory.resolve("status")), io(directory));
		}
		catch (IOException ex) {
			// it has been reaped, or is hidden from this user
			return null;
		}
	}

	/**
	 * Read how much memory of a process is in RAM.
	 * @param pid its process id
	 * @return the bytes, 0 when there is no such process
	 */
	public static long residentBytes(int pid) {
		try {
			return residentBytes(text(Path.of("/proc", Integer.toString(pid), "status")));
		}
		catch (IOException ex) {
			// it has been reaped, or is hidden from this user
			return 0;
		}
	}

	private static long residentBytes(String status) {
		Long residentKib = number(status, "VmRSS");
		return (residentKib != null) ? residentKib * 1024 : 0;
	}

	static @Nullable ProcessFigures parse(int pid, String stat, String status, String io) {
		int nameBegin = stat.indexOf('(');
		int nameEnd = stat.lastIndexOf(')');
		String[] fields = stat.substring(nameEnd + 1).strip().split(" ", -1);
		if (nameBegin < 0 || fields.length <= THREADS) {
			return null;
		}
		long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
		return new ProcessFigures(pid, Long.parseLong(fields[PARENT]), stat.substring(nameBegin + 1, nameEnd),
				Activity.of(fields[STATE].charAt(0)), Integer.parseInt(fields[THREADS]), TICK.multipliedBy(ticks),
				residentBytes(status), number(io, "rchar"), number(io, "wchar"));
	}

	/**
	 * Read the figures of those who come from a process.
	 * @param leader the process
	 * @param kin who tells them from others
	 * @return their figures, by process id
	 */
	public static List<ProcessFigures> ofDescendants(int leader, Kin kin) {
		kin.look(ProcessTable.read());
		Map<Integer, ProcessFigures> figures = new TreeMap<>();
		for (ProcessEntry entry : kin.related()) {
			ProcessFigures read = (entry.pid() != leader) ? read(entry.pid()) : null;
			if (read != null && entry.isSame(ProcessEntry.read(entry.pid()))) {
				figures.put(entry.pid(), read);
			}
		}
		return new ArrayList<>(figures.values());
	}

	/**
	 * A number after its name, in a line of its own. Memory is not told of a zombie.
	 */
	private static @Nullable Long number(String lines, String name) {
		return lines.lines()
			.filter((line) -> line.startsWith(name + ":"))
			.map((line) -> Long.valueOf(line.substring(name.length() + 1).strip().split(" ", -1)[0]))
			.findFirst()
			.orElse(null);
	}

	private static String io(Path directory) {
		try {
			return text(directory.resolve("io"));
		}
		catch (IOException ex) {
			// told to those only who may trace the process (ptrace(2))
			return "";
		}
	}

	private static String text(Path file) throws IOException {
		return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
	}

}
