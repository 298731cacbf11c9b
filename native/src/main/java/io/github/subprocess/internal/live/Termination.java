// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.TreeEnd;
import io.github.subprocess.internal.tree.Companions;
import io.github.subprocess.policy.TerminationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Ends one process with its {@link Companions}: the signal of the policy, the grace
 * period, SIGKILL. The leader stays a zombie meanwhile, so that neither its pid nor its
 * group can be given to somebody else. Lives on the event loop.
 */
final class Termination {

	/**
	 * How long the kernel gets to carry out SIGKILL. Only a process that is stuck in a
	 * system call needs longer.
	 */
	static final Duration KILL_WAIT = Duration.ofSeconds(5);

	private static final Duration FIRST_LOOK = Duration.ofMillis(1);

	private static final Duration LONGEST_LOOK = Duration.ofMillis(50);

	/**
	 * Looks take a fifth of the loop at most, however many processes the machine has.
	 */
	private static final int PAUSE_FOR_COST = 4;

	private final EventLoop loop;

	private final Companions companions;

	private final Runnable onDone;

	private EventLoop.@Nullable Timer graceTimer;

	private EventLoop.@Nullable Timer giveUpTimer;

	private EventLoop.@Nullable Timer lookTimer;

	private Duration nextLook = FIRST_LOOK;

	private boolean begun;

	private boolean leaderEnded;

	private boolean killed;

	private boolean givenUp;

	private boolean done;

	/**
	 * Create a termination that has not begun.
	 * @param loop where this lives
	 * @param companions the process, and who is ended together with it
	 * @param onDone is run when all of them have ended
	 */
	Termination(EventLoop loop, Companions companions, Runnable onDone) {
		this.loop = loop;
		this.companions = companions;
		this.onDone = onDone;
	}

	boolean isUnderWay() {
		return this.begun && !this.done;
	}

	/**
	 * Return whether SIGKILL was needed.
	 */
	boolean isForced() {
		return this.killed;
	}

	/**
	 * Return what became of the others.
	 */
	TreeEnd treeEnd() {
		return this.begun ? this.companions.report() : TreeEnd.ALONE;
	}

	void begin(TerminationPolicy policy) {
		ProcessSignal signal = (policy.signal() != null) ? policy.signal() : ProcessSignal.TERM;
		Duration grace = (policy.gracePeriod() != null) ? policy.gracePeriod() : Duration.ZERO;
		if (this.begun) {
			return;
		}
		this.begun = true;
		if (grace.isZero() || signal == ProcessSignal.KILL) {
			kill();
			return;
		}
		this.companions.ask(signal);
		this.graceTimer = this.loop.schedule(grace, this::kill);
		lookAtOthers();
	}

	/**
	 * Send SIGKILL now, whether a termination is under way or not.
	 */
	void kill() {
		if (this.done || this.killed) {
			return;
		}
		this.begun = true;
		this.killed = true;
		this.companions.kill();
		this.giveUpTimer = this.loop.schedule(KILL_WAIT, this::giveUp);
		this.nextLook = FIRST_LOOK;
		lookAtOthers();
	}

	/**
	 * The process itself has ended; others may live.
	 */
	void leaderEnded() {
		this.leaderEnded = true;
		this.nextLook = FIRST_LOOK;
		lookAtOthers();
	}

	/**
	 * One look at a time is due, the next one.
	 */
	private void lookAtOthers() {
		cancel(this.lookTimer);
		if (!this.begun || this.done) {
			return;
		}
		if (!this.leaderEnded && !this.companions.mayLeaveTheGroup()) {
			return;
		}
		long begun = System.nanoTime();
		boolean anybody = this.companions.look();
		Duration cost = Duration.ofNanos(System.nanoTime() - begun);
		if (this.leaderEnded && (!anybody || this.givenUp)) {
			finish();
			return;
		}
		if (this.givenUp) {
			// it is stuck in the kernel: its end alone is waited for
			return;
		}
		Duration pause = cost.multipliedBy(PAUSE_FOR_COST);
		this.lookTimer = this.loop.schedule((pause.compareTo(this.nextLook) > 0) ? pause : this.nextLook,
				this::lookAtOthers);
		Duration doubled = this.nextLook.multipliedBy(2);
		this.nextLook = (doubled.compareTo(LONGEST_LOOK) < 0) ? doubled : LONGEST_LOOK;
	}

	/**
	 * Signal nobody any more: somebody else has reaped the process, so that its numbers
	 * may stand for others.
	 */
	void abandon() {
		this.done = true;
		cancel(this.graceTimer);
		cancel(this.giveUpTimer);
		cancel(this.lookTimer);
	}

	private void giveUp() {
		this.givenUp = true;
		lookAtOthers();
	}

	private void finish() {
		if (!this.done) {
			this.done = true;
			cancel(this.graceTimer);
			cancel(this.giveUpTimer);
			this.onDone.run();
		}
	}

	private static void cancel(EventLoop.@Nullable Timer timer) {
		if (timer != null) {
			timer.cancel();
		}
	}

}
