// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Many processes with their descendants, told apart in one reading of the process table.
 * Each process of the machine belongs to the nearest of its forebears that is asked for;
 * without one, to the process whose session or group it is in.
 */
public final class Families {

	private final ProcessTable table;

	private final Map<Integer, Boolean> leaders;

	private final int jvm;

	private final Map<Integer, Integer> families = new HashMap<>();

	Families(ProcessTable table, Map<Integer, Boolean> leaders, int jvm) {
		this.table = table;
		this.leaders = leaders;
		this.jvm = jvm;
	}

	/**
	 * Find the members of families.
	 * @param leaders the processes asked for, each with whether it has a group of its own
	 * @return the process ids of each and its descendants, without zombies; nobody where
	 * there is no {@code /proc}
	 */
	public static Map<Integer, List<Integer>> read(Map<Integer, Boolean> leaders) {
		if (leaders.isEmpty()) {
			return Map.of();
		}
		return new Families(ProcessTable.read(), leaders, (int) ProcessHandle.current().pid()).members();
	}

	Map<Integer, List<Integer>> members() {
		Map<Integer, List<Integer>> members = new HashMap<>();
		for (ProcessEntry entry : this.table.all()) {
			Integer family = familyOf(entry);
			if (family != null && entry.alive()) {
				members.computeIfAbsent(family, (leader) -> new ArrayList<>()).add(entry.pid());
			}
		}
		return members;
	}

	/**
	 * A chain of processes may be deeper than a stack. The table is no picture of one
	 * moment, so the way up may even be a circle.
	 */
	private @Nullable Integer familyOf(ProcessEntry entry) {
		List<ProcessEntry> way = new ArrayList<>();
		Integer family = null;
		ProcessEntry one = entry;
		while (one != null && family == null && one.pid() != this.jvm && way.size() <= this.table.all().size()) {
			family = this.leaders.containsKey(one.pid()) ? Integer.valueOf(one.pid()) : this.families.get(one.pid());
			way.add(one);
			one = this.table.get(one.parent());
		}
		for (int step = 0; family == null && step < way.size(); step++) {
			family = numberedAfter(way.get(step));
			if (family != null) {
				way = way.subList(0, step + 1);
			}
		}
		if (family != null) {
			for (ProcessEntry member : way) {
				this.families.put(member.pid(), family);
			}
		}
		return family;
	}

	/**
	 * A child of the JVM may have been put into the group of another on purpose; into a
	 * session nobody comes but by descent.
	 */
	private @Nullable Integer numberedAfter(ProcessEntry entry) {
		if (this.leaders.getOrDefault(entry.session(), false)) {
			return entry.session();
		}
		boolean inGroup = entry.parent() != this.jvm && this.leaders.getOrDefault(entry.group(), false);
		return inGroup ? entry.group() : null;
	}

}
