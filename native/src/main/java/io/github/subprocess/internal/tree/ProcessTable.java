// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.io.File;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * All processes of the machine at one moment, or nearly so: they come and go while the
 * table is read.
 */
final class ProcessTable {

	private static final File PROCESSES = new File("/proc");

	/**
	 * Whoever reads the table is in it.
	 */
	private static final int OWN_PID = (int) ProcessHandle.current().pid();

	private final Map<Integer, ProcessEntry> entries;

	private ProcessTable(Map<Integer, ProcessEntry> entries) {
		this.entries = entries;
	}

	/**
	 * Read the table; once more where that fails: descriptors may be wanting for a
	 * moment, and whoever is not found is not ended.
	 * @return the table, empty where there is no {@code /proc}
	 */
	static ProcessTable read() {
		ProcessTable table = readOnce();
		return table.entries.containsKey(OWN_PID) ? table : readOnce();
	}

	private static ProcessTable readOnce() {
		Map<Integer, ProcessEntry> entries = new HashMap<>();
		String[] names = PROCESSES.list();
		for (String name : (names != null) ? names : new String[0]) {
			if (Character.isDigit(name.charAt(0))) {
				ProcessEntry entry = ProcessEntry.read(Integer.parseInt(name));
				if (entry != null) {
					entries.put(entry.pid(), entry);
				}
			}
		}
		return new ProcessTable(entries);
	}

	static ProcessTable of(Collection<ProcessEntry> all) {
		Map<Integer, ProcessEntry> entries = new HashMap<>();
		all.forEach((entry) -> entries.put(entry.pid(), entry));
		return new ProcessTable(entries);
	}

	@Nullable ProcessEntry get(int pid) {
		return this.entries.get(pid);
	}

	Collection<ProcessEntry> all() {
		return this.entries.values();
	}

}
