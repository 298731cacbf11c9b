// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who counts as a descendant, in tables that no machine can be made to show at will.
 */
class KinTests {

	private static final int JVM = 10;

	private static final int LEADER = 100;

	private static final ProcessEntry LEADER_ENTRY = entry(LEADER, JVM, LEADER, LEADER, 1000);

	private static ProcessEntry entry(int pid, int parent, int group, int session, long start) {
		return new ProcessEntry(pid, "p" + pid, true, parent, group, session, start);
	}

	private static ProcessEntry zombie(ProcessEntry entry) {
		return new ProcessEntry(entry.pid(), entry.name(), false, entry.parent(), entry.group(), entry.session(),
				entry.start());
	}

	private static Kin kin(boolean adopting, Integer... withToken) {
		return new Kin(LEADER, true, Set.of(withToken)::contains, adopting, JVM);
	}

	private static void look(Kin kin, ProcessEntry... entries) {
		kin.look(ProcessTable.of(Arrays.asList(entries)));
	}

	private static List<Integer> related(Kin kin) {
		return kin.related().stream().map(ProcessEntry::pid).sorted().toList();
	}

	@Test
	void groupSessionAndChildrenAreRelatedAndOthersAreNot() {
		Kin kin = kin(false);
		look(kin, LEADER_ENTRY, entry(101, 1, LEADER, 7, 1001), entry(102, 1, 102, LEADER, 1001),
				entry(103, LEADER, 103, 103, 1001), entry(104, 103, 104, 104, 1001), entry(105, 1, 105, 105, 1001),
				entry(JVM, 1, JVM, JVM, 1));
		assertThat(related(kin)).containsExactly(101, 102, 103, 104);
		assertThat(kin.strays()).isEmpty();
	}

	@Test
	void whoIsOlderThanTheProcessIsNotItsDescendant() {
		Kin kin = kin(false, 105);
		look(kin, LEADER_ENTRY, entry(105, 1, 105, 105, 999));
		assertThat(kin.strays()).isEmpty();
	}

	@Test
	void whoWasRecognisedStaysSoWithoutHisParent() {
		Kin kin = kin(false);
		look(kin, LEADER_ENTRY, entry(103, LEADER, 103, 103, 1001), entry(104, 103, 104, 104, 1001));
		look(kin, LEADER_ENTRY, entry(104, 1, 104, 104, 1001), entry(106, 104, 106, 106, 1002));
		assertThat(related(kin)).containsExactly(104, 106);
	}

	@Test
	void whoGetsThePidOfAnotherIsNotTakenForHim() {
		Kin kin = kin(false);
		look(kin, LEADER_ENTRY, entry(103, LEADER, 103, 103, 1001));
		look(kin, LEADER_ENTRY, entry(103, 1, 103, 103, 5000), entry(104, 103, 103, 103, 5001));
		assertThat(related(kin)).isEmpty();
	}

	@Test
	void strayHasTheTokenAlone() {
		Kin kin = kin(false, 105, 106);
		look(kin, LEADER_ENTRY, entry(105, 1, 105, 105, 1001), entry(106, JVM, 106, 106, 1001));
		assertThat(related(kin)).isEmpty();
		assertThat(kin.strays()).extracting(ProcessEntry::pid).containsExactlyInAnyOrder(105, 106);
	}

	@Test
	void strayThatTheJvmHasAdoptedIsRelatedWithHisChildren() {
		Kin kin = kin(true, 105, 106);
		look(kin, LEADER_ENTRY, entry(105, 1, 105, 105, 1001), entry(106, JVM, 106, 106, 1001),
				entry(107, 106, 107, 107, 1002), entry(108, JVM, 108, 108, 1002));
		assertThat(related(kin)).containsExactly(106, 107);
		assertThat(kin.strays()).extracting(ProcessEntry::pid).containsExactly(105);
	}

	@Test
	void zombiesOfTheJvmAreReapedWhenTheyWereRecognised() {
		Kin kin = kin(true, 106);
		ProcessEntry daemon = entry(106, JVM, 106, 106, 1001);
		ProcessEntry another = entry(108, JVM, 108, 108, 1002);
		look(kin, LEADER_ENTRY, daemon, another);
		look(kin, LEADER_ENTRY, zombie(daemon), zombie(another));
		assertThat(kin.orphanedZombies()).extracting(ProcessEntry::pid).containsExactly(106);
	}

	@Test
	void childOfTheJvmThatHasJoinedTheGroupIsLeftToWhoStartedIt() {
		Kin kin = kin(true, 104);
		ProcessEntry leader = entry(LEADER, JVM, LEADER, 7, 1000);
		ProcessEntry sibling = entry(103, JVM, LEADER, 7, 1001);
		ProcessEntry orphan = entry(104, JVM, LEADER, 7, 1001);
		look(kin, leader, sibling, orphan);
		assertThat(related(kin)).containsExactly(104);
		look(kin, leader, zombie(sibling), zombie(orphan));
		assertThat(kin.orphanedZombies()).extracting(ProcessEntry::pid).containsExactly(104);
	}

	@Test
	void zombiesWithAnotherParentAreLeftToHim() {
		Kin kin = kin(true);
		look(kin, LEADER_ENTRY, zombie(entry(103, LEADER, 103, 103, 1001)));
		assertThat(kin.orphanedZombies()).isEmpty();
	}

	@Test
	void numberOfASessionCountsAsLongAsSomebodyHoldsIt() {
		Kin kin = kin(true);
		ProcessEntry first = entry(103, JVM, 103, LEADER, 1001);
		ProcessEntry second = entry(104, JVM, 104, LEADER, 1002);
		look(kin, LEADER_ENTRY, first);
		kin.leaderReaped();
		look(kin, first, second);
		assertThat(related(kin)).containsExactly(103, 104);
		look(kin);
		look(kin, entry(LEADER, JVM, LEADER, LEADER, 9000), entry(205, JVM, 205, LEADER, 9001));
		assertThat(related(kin)).isEmpty();
	}

	@Test
	void withoutAGroupOfItsOwnTheNumberOfTheProcessMeansNothing() {
		Kin kin = new Kin(LEADER, false, (pid) -> false, false, JVM);
		look(kin, entry(LEADER, JVM, JVM, JVM, 1000), entry(103, LEADER, JVM, JVM, 1001),
				entry(104, 1, LEADER, LEADER, 1001));
		assertThat(related(kin)).containsExactly(103);
	}

	@Test
	void entryIsReadFromTheLastParenthesisOn() {
		String stat = "42 (a) R (b) S 7 8 9 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 1234 5 6";
		assertThat(ProcessEntry.parse(42, stat)).isEqualTo(new ProcessEntry(42, "a) R (b", true, 7, 8, 9, 1234));
		assertThat(ProcessEntry.parse(42, "")).isNull();
		assertThat(ProcessEntry.parse(42, "42 (a) S 7")).isNull();
	}

	@Test
	void tokenIsAWholeVariable() {
		TreeToken token = new TreeToken("ab");
		assertThat(token.isIn("SUBPROCESS_TREE=ab\0")).isTrue();
		assertThat(token.isIn("A=b\0SUBPROCESS_TREE=ab\0C=d\0")).isTrue();
		assertThat(token.isIn("A=b\0SUBPROCESS_TREE=abc\0")).isFalse();
		assertThat(token.isIn("NOT_SUBPROCESS_TREE=ab\0")).isFalse();
		assertThat(token.toString()).doesNotContain("ab");
		assertThat(TreeToken.next()).isNotEqualTo(TreeToken.next());
	}

}
