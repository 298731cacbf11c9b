// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;
import java.util.List;

import io.github.subprocess.CgroupUsage;
import io.github.subprocess.LeftOver;
import io.github.subprocess.LeftOver.Reason;
import io.github.subprocess.internal.cgroup.ChildCgroup;
import org.jspecify.annotations.Nullable;

/**
 * The end of a cgroup that was made for a process which has ended: what its members have
 * used is read, and it is removed. Who lives on in it is killed where the policy ends its
 * cgroup, and named otherwise. Lives on the event loop.
 */
final class CgroupEnd {

	private static final Duration FIRST_LOOK = Duration.ofMillis(1);

	private static final Duration LONGEST_LOOK = Duration.ofMillis(50);

	private final EventLoop loop;

	private final ChildCgroup cgroup;

	private final boolean killing;

	private final int leader;

	private final Runnable onDone;

	private Duration nextLook = FIRST_LOOK;

	private long begunNanos;

	private boolean begun;

	private boolean done;

	private @Nullable CgroupUsage usage;

	private List<LeftOver> left = List.of();

	/**
	 * Create an end that has not begun.
	 * @param loop where this lives
	 * @param cgroup what is to be removed
	 * @param killing whether who is in it is killed
	 * @param leader the process that it was made for
	 * @param onDone is run when nothing more can be done
	 */
	CgroupEnd(EventLoop loop, ChildCgroup cgroup, boolean killing, int leader, Runnable onDone) {
		this.loop = loop;
		this.cgroup = cgroup;
		this.killing = killing;
		this.leader = leader;
		this.onDone = onDone;
	}

	/**
	 * Return whether it is over, and begin it if it has not begun.
	 */
	boolean isOver() {
		if (!this.begun) {
			this.begun = true;
			this.begunNanos = System.nanoTime();
			look();
		}
		return this.done;
	}

	private void look() {
		this.usage = this.cgroup.usage();
		if (this.cgroup.remove()) {
			this.done = true;
			return;
		}
		// an end is told a moment before the kernel has taken the process out of its
		// cgroup
		List<LeftOver> living = this.cgroup.cgroup()
			.leftOvers(this.killing ? Reason.SURVIVED : Reason.IN_CGROUP, this.leader);
		boolean late = System.nanoTime() - this.begunNanos >= Termination.KILL_WAIT.toNanos();
		if (late || (!this.killing && !living.isEmpty())) {
			this.left = living;
			this.cgroup.leave();
			this.done = true;
			return;
		}
		if (this.killing) {
			this.cgroup.kill();
		}
		this.loop.schedule(this.nextLook, this::lookAgain);
		Duration doubled = this.nextLook.multipliedBy(2);
		this.nextLook = (doubled.compareTo(LONGEST_LOOK) < 0) ? doubled : LONGEST_LOOK;
	}

	private void lookAgain() {
		look();
		if (this.done) {
			this.onDone.run();
		}
	}

	@Nullable CgroupUsage usage() {
		return this.usage;
	}

	/**
	 * Return who lives on in it.
	 */
	List<LeftOver> left() {
		return this.left;
	}

}
