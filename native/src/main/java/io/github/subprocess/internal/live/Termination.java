// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.spi.Spawner;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * Ends one process with its group: the signal of the policy, the grace period, SIGKILL.
 * The leader stays a zombie meanwhile, so that neither its pid nor its group can be given
 * to somebody else. Lives on the event loop.
 */
final class Termination {

	/**
	 * How long the kernel gets to carry out SIGKILL. Only a process that is stuck in a
	 * system call needs longer.
	 */
	static final Duration KILL_WAIT = Duration.ofSeconds(5);

	private static final Duration FIRST_LOOK = Duration.ofMillis(1);

	private static final Duration LONGEST_LOOK = Duration.ofMillis(50);

	private final Spawner spawner;

	private final EventLoop loop;

	private final int pidfd;

	private final int group;

	private final Runnable onDone;

	private EventLoop.@Nullable Timer graceTimer;

	private EventLoop.@Nullable Timer giveUpTimer;

	private Duration nextLook = FIRST_LOOK;

	private boolean begun;

	private boolean leaderEnded;

	private boolean killed;

	private boolean done;

	/**
	 * Create a termination that has not begun.
	 * @param spawner what signals
	 * @param loop where this lives
	 * @param identity whom it ends
	 * @param onDone is run when the process and its group have ended
	 */
	Termination(Spawner spawner, EventLoop loop, ProcessIdentity identity, Runnable onDone) {
		this.spawner = spawner;
		this.loop = loop;
		this.pidfd = identity.child().pidfd();
		this.group = identity.ownGroup();
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
		send(signal);
		// a stopped process acts on a signal only when it goes on
		send(ProcessSignal.CONT);
		this.graceTimer = this.loop.schedule(grace, this::kill);
		lookAtGroup();
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
		send(ProcessSignal.KILL);
		this.giveUpTimer = this.loop.schedule(KILL_WAIT, this::giveUp);
		this.nextLook = FIRST_LOOK;
		lookAtGroup();
	}

	/**
	 * The process itself has ended; others of its group may live.
	 */
	void leaderEnded() {
		this.leaderEnded = true;
		lookAtGroup();
	}

	private void lookAtGroup() {
		if (!this.begun || this.done || !this.leaderEnded) {
			return;
		}
		if (countMembers() == 0) {
			finish();
			return;
		}
		this.loop.schedule(this.nextLook, this::lookAtGroup);
		Duration doubled = this.nextLook.multipliedBy(2);
		this.nextLook = (doubled.compareTo(LONGEST_LOOK) < 0) ? doubled : LONGEST_LOOK;
	}

	private int countMembers() {
		if (this.group == 0) {
			return 0;
		}
		try {
			return this.spawner.countGroupMembers(this.group);
		}
		catch (SystemCallFailure ex) {
			// without /proc nobody can tell who is left: nobody may be
			send(ProcessSignal.KILL);
			return 0;
		}
	}

	private void giveUp() {
		if (this.leaderEnded) {
			finish();
		}
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

	private void send(ProcessSignal signal) {
		try {
			if (this.group != 0) {
				this.spawner.signalGroup(this.group, signal.number());
			}
			else {
				this.spawner.signal(this.pidfd, signal.number());
			}
		}
		catch (SystemCallFailure ex) {
			// ESRCH, EPERM: it has ended, or has become somebody whom we may not signal;
			// the wait
			// for its end is bounded either way, and whoever waits is told
		}
	}

}
