// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who belongs to whom, in tables that no machine can be made to show at will.
 */
class FamiliesTests {

	private static final int JVM = 10;

	private static final int LEADER = 100;

	private static final int OTHER = 200;

	private static final Map<Integer, Boolean> LEADERS = Map.of(LEADER, true, OTHER, true);

	private static ProcessEntry entry(int pid, int parent, int group, int session) {
		return new ProcessEntry(pid, "p" + pid, true, parent, group, session, pid);
	}

	private static Map<Integer, List<Integer>> families(Map<Integer, Boolean> leaders, ProcessEntry... entries) {
		List<ProcessEntry> all = new ArrayList<>(List.of(entry(1, 0, 1, 1), entry(JVM, 1, JVM, JVM),
				entry(LEADER, JVM, LEADER, LEADER), entry(OTHER, JVM, OTHER, OTHER)));
		all.addAll(Arrays.asList(entries));
		Map<Integer, List<Integer>> members = new Families(ProcessTable.of(all), leaders, JVM).members();
		members.values().forEach((pids) -> pids.sort(null));
		return members;
	}

	@Test
	void childrenAndTheirChildrenBelongToTheirForebear() {
		assertThat(families(LEADERS, entry(101, LEADER, 101, 101), entry(102, 101, 102, 102),
				entry(201, OTHER, OTHER, OTHER), entry(11, JVM, 11, 11), entry(12, 1, 12, 12)))
			.containsExactlyInAnyOrderEntriesOf(Map.of(LEADER, List.of(LEADER, 101, 102), OTHER, List.of(OTHER, 201)));
	}

	@Test
	void orphansBelongToTheirSessionOrGroupWithWhomeverTheyLive() {
		assertThat(families(LEADERS, entry(2, 1, 2, 2), entry(103, 1, 103, LEADER), entry(104, 2, LEADER, 7),
				entry(105, 103, 105, 105)))
			.containsEntry(LEADER, List.of(LEADER, 103, 104, 105))
			.containsEntry(OTHER, List.of(OTHER));
	}

	@Test
	void anotherChildOfTheJvmInTheGroupIsNoMember() {
		assertThat(families(LEADERS, entry(106, JVM, LEADER, JVM))).containsEntry(LEADER, List.of(LEADER));
	}

	@Test
	void theNumberOfAGroupTellsNothingWhereTheLeaderHasNone() {
		assertThat(families(Map.of(LEADER, false, OTHER, true), entry(107, 1, LEADER, 7), entry(108, LEADER, 5, 5)))
			.containsEntry(LEADER, List.of(LEADER, 108));
	}

	@Test
	void leaderBelowALeaderCountsForItself() {
		assertThat(families(Map.of(LEADER, true, 109, true), entry(109, LEADER, LEADER, LEADER),
				entry(110, 109, LEADER, LEADER)))
			.containsExactlyInAnyOrderEntriesOf(Map.of(LEADER, List.of(LEADER), 109, List.of(109, 110)));
	}

	@Test
	void zombiesAreNotCountedButTheirChildrenAre() {
		ProcessEntry zombie = new ProcessEntry(111, "p111", false, LEADER, 111, 111, 111);
		assertThat(families(LEADERS, zombie, entry(112, 111, 112, 112))).containsEntry(LEADER, List.of(LEADER, 112));
	}

	@Test
	void circleOfParentsEnds() {
		assertThat(families(LEADERS, entry(113, 114, 113, 113), entry(114, 113, 114, 114))).containsOnlyKeys(LEADER,
				OTHER);
	}

	@Test
	void chainMayBeDeep() {
		ProcessEntry[] chain = new ProcessEntry[20_000];
		for (int depth = 0; depth < chain.length; depth++) {
			int pid = 1000 + depth;
			chain[depth] = entry(pid, (depth == 0) ? LEADER : pid - 1, pid, pid);
		}
		assertThat(families(LEADERS, chain).get(LEADER)).hasSize(20_001);
	}

}
