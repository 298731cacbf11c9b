// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

/**
 * The descendants of one process, as far as they can be told from all others. Who has
 * been recognised once stays recognised, by his pid and the time of his birth, whatever
 * he leaves later.
 * <ul>
 * <li>Members of the group and of the session that the process leads.
 * <li>Children of somebody who is recognised and there.
 * <li>Children of the JVM with the token of the process, when the JVM adopts orphans.
 * </ul>
 * Others with the token are strays: they come from this process, and have left everything
 * else that tells so.
 */
public final class Kin {

	private final int leader;

	private final boolean ownGroup;

	private final IntPredicate token;

	private final boolean adopting;

	private final int jvm;

	private long leaderStart = -1;

	private boolean leaderReaped;

	private Map<Integer, ProcessEntry> related = new HashMap<>();

	private List<ProcessEntry> strays = List.of();

	/**
	 * Create the kin of a process that has not been reaped.
	 * @param leader the process
	 * @param ownGroup whether it has a group of its own, and perhaps a session
	 * @param token what it was given to be recognised by, {@code null}: nothing
	 * @param adopting whether the JVM adopts orphans
	 */
	public Kin(int leader, boolean ownGroup, @Nullable TreeToken token, boolean adopting) {
		this(leader, ownGroup, (token != null) ? token::isCarriedBy : (pid) -> false, adopting,
				(int) ProcessHandle.current().pid());
	}

	Kin(int leader, boolean ownGroup, IntPredicate token, boolean adopting, int jvm) {
		this.leader = leader;
		this.ownGroup = ownGroup;
		this.token = token;
		this.adopting = adopting;
		this.jvm = jvm;
	}

	/**
	 * The process is about to be reaped: its pid, and the number of its group and
	 * session, may be given to somebody else from now on.
	 */
	void leaderReaped() {
		this.leaderReaped = true;
	}

	/**
	 * Look at the processes of the machine.
	 */
	void look(ProcessTable table) {
		ProcessEntry first = table.get(this.leader);
		if (this.leaderStart < 0 && first != null) {
			this.leaderStart = first.start();
		}
		Map<Integer, ProcessEntry> found = stillThere(table);
		boolean numberIsOurs = !this.leaderReaped
				|| found.values().stream().anyMatch((entry) -> isNumberedAfterLeader(entry));
		List<ProcessEntry> unknown = new ArrayList<>();
		for (ProcessEntry entry : table.all()) {
			if (found.containsKey(entry.pid()) || entry.pid() == this.jvm || isLeader(entry)) {
				continue;
			}
			if (this.ownGroup && numberIsOurs && isNumberedAfterLeader(entry) && !mayBeSibling(entry)) {
				found.put(entry.pid(), entry);
			}
			else if (entry.start() >= this.leaderStart) {
				unknown.add(entry);
			}
		}
		addDescendants(found, unknown);
		List<ProcessEntry> others = new ArrayList<>();
		for (ProcessEntry entry : unknown) {
			if (!found.containsKey(entry.pid()) && this.token.test(entry.pid())) {
				others.add(entry);
			}
		}
		if (this.adopting && others.removeIf((entry) -> isAdopted(entry) && found.put(entry.pid(), entry) == null)) {
			addDescendants(found, unknown);
			others.removeIf((entry) -> found.containsKey(entry.pid()));
		}
		this.related = found;
		this.strays = others;
	}

	private Map<Integer, ProcessEntry> stillThere(ProcessTable table) {
		Map<Integer, ProcessEntry> there = new HashMap<>();
		for (ProcessEntry known : this.related.values()) {
			ProcessEntry now = table.get(known.pid());
			if (now != null && known.isSame(now)) {
				there.put(now.pid(), now);
			}
		}
		return there;
	}

	/**
	 * The number of a group and of a session is not given to anybody else as long as it
	 * has members.
	 */
	private boolean isNumberedAfterLeader(ProcessEntry entry) {
		return entry.session() == this.leader || entry.group() == this.leader;
	}

	/**
	 * A child of the JVM may have been put into the group of this one on purpose; into
	 * its session nobody comes but by descent.
	 */
	private boolean mayBeSibling(ProcessEntry entry) {
		return isAdopted(entry) && entry.session() != this.leader;
	}

	private boolean isLeader(ProcessEntry entry) {
		return entry.pid() == this.leader && !this.leaderReaped;
	}

	private void addDescendants(Map<Integer, ProcessEntry> found, List<ProcessEntry> candidates) {
		Map<Integer, List<ProcessEntry>> children = new HashMap<>();
		for (ProcessEntry candidate : candidates) {
			children.computeIfAbsent(candidate.parent(), (parent) -> new ArrayList<>()).add(candidate);
		}
		Deque<Integer> parents = new ArrayDeque<>(found.keySet());
		if (!this.leaderReaped) {
			parents.add(this.leader);
		}
		while (!parents.isEmpty()) {
			for (ProcessEntry child : children.getOrDefault(parents.remove(), List.of())) {
				if (found.putIfAbsent(child.pid(), child) == null) {
					parents.add(child.pid());
				}
			}
		}
	}

	private boolean isAdopted(ProcessEntry entry) {
		return entry.parent() == this.jvm;
	}

	/**
	 * Return those who are recognised, zombies among them.
	 */
	Collection<ProcessEntry> related() {
		return this.related.values();
	}

	/**
	 * Return the zombies that only the JVM can reap, and that no other code of the JVM
	 * has started.
	 */
	List<ProcessEntry> orphanedZombies() {
		return this.related.values()
			.stream()
			.filter((entry) -> this.adopting && !entry.alive() && isAdopted(entry))
			.toList();
	}

	/**
	 * Return those who have the token and are not recognised.
	 */
	List<ProcessEntry> strays() {
		return this.strays;
	}

}
