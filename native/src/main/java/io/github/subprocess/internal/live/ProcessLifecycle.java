// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;

import io.github.subprocess.TerminationReason;
import io.github.subprocess.TreeEnd;
import io.github.subprocess.internal.cgroup.ChildCgroup;
import io.github.subprocess.internal.tree.Kin;
import io.github.subprocess.policy.TerminationScope;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.ReadinessPoll.Interest;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * The life of one process after its birth, as the reactor sees it: it runs, ends, its
 * captured streams are read to their ends, its group is gone if it had to go, and only
 * then is it reaped. Lives on the event loop.
 */
final class ProcessLifecycle {

	private static final System.Logger logger = System.getLogger(ProcessLifecycle.class.getName());

	private static final Duration FIRST_LOOK = Duration.ofMillis(1);

	private static final Duration LONGEST_LOOK = Duration.ofMillis(50);

	private final OperatingSystem system;

	private final EventLoop loop;

	private final ProcessIdentity identity;

	private final StandardStreams streams;

	private final LiveProcess process;

	private final Kin kin;

	private final @Nullable Orphanage orphanage;

	private final Termination termination;

	private final @Nullable CgroupEnd cgroupEnd;

	private EventLoop.@Nullable Watch watch;

	private final Deadlines deadlines;

	private EventLoop.@Nullable Timer drainTimeout;

	private Duration lookInterval = FIRST_LOOK;

	private final FailedWaits patience = new FailedWaits();

	private @Nullable ExitRecord exit;

	private boolean inputBegun;

	private boolean drained;

	private boolean reaped;

	ProcessLifecycle(OperatingSystem system, EventLoop loop, ProcessIdentity identity, StandardStreams streams,
			LiveProcess process, @Nullable Orphanage orphanage) {
		this.system = system;
		this.loop = loop;
		this.identity = identity;
		this.streams = streams;
		this.process = process;
		this.kin = new Kin(identity.child().pid(), identity.ownGroup() != 0, identity.token(), orphanage != null);
		this.orphanage = orphanage;
		this.termination = new Termination(loop, EndScope.companions(system, identity, this.kin), this::settle);
		this.cgroupEnd = cgroupEnd();
		this.deadlines = new Deadlines(loop, identity.deadlines(), identity.startedNanos(),
				() -> streams.lastHeardNanos(identity.startedNanos()), () -> identity.cpuNanos(system.spawner()),
				(reason) -> terminate(reason, false));
	}

	private @Nullable CgroupEnd cgroupEnd() {
		ChildCgroup cgroup = this.identity.cgroup();
		if (cgroup == null || !cgroup.isMade()) {
			return null;
		}
		boolean killing = this.identity.termination().scope() == TerminationScope.CGROUP;
		return new CgroupEnd(this.loop, cgroup, killing, this.identity.child().pid(), this::settle);
	}

	/**
	 * Begin to watch it. Runs on the thread that launched it, while the event loop may
	 * already tell of its streams, and last of its end.
	 */
	void begin() {
		this.streams.begin(this.process);
		if (this.identity.child().hasPidfd()) {
			this.watch = this.loop.prepare(this.identity.child().pidfd(), Interest.READ, this::lookAtProcess);
			this.watch.begin();
			this.loop.ensureTurning();
		}
		else {
			this.loop.execute(this::pollUntilEnded);
		}
		if (this.streams.hasInputToWrite()) {
			this.loop.execute(this::beginInput);
		}
		if (this.deadlines.areThere()) {
			this.loop.executeBefore(this.deadlines.firstLookNanos(), this::beginDeadlines);
		}
	}

	/**
	 * Before its end is looked at, be it seen first: who feeds it hears of that.
	 */
	private void beginInput() {
		if (!this.inputBegun) {
			this.inputBegun = true;
			this.streams.beginInput(this.process);
		}
	}

	private void beginDeadlines() {
		if (this.exit == null && !this.reaped) {
			this.deadlines.begin();
		}
	}

	/**
	 * Where there are no pidfds: look now and then, less often with time.
	 */
	private void pollUntilEnded() {
		lookAtProcess();
		if (this.exit == null && !this.reaped) {
			this.loop.schedule(this.lookInterval, this::pollUntilEnded);
			Duration doubled = this.lookInterval.multipliedBy(2);
			this.lookInterval = (doubled.compareTo(LONGEST_LOOK) < 0) ? doubled : LONGEST_LOOK;
		}
	}

	/**
	 * Application code at its streams has failed: end it, unless it has ended.
	 */
	void applicationFailed() {
		if (this.exit == null) {
			terminate(TerminationReason.APPLICATION_FAILURE, false);
		}
	}

	void terminate(TerminationReason reason, boolean atOnce) {
		if (this.reaped) {
			return;
		}
		if (this.exit == null) {
			this.process.terminating(reason);
		}
		if (atOnce) {
			this.termination.kill();
		}
		else {
			this.termination.begin(this.identity.termination());
		}
	}

	private void lookAtProcess() {
		if (this.exit != null || this.reaped) {
			return;
		}
		try {
			ExitRecord record = this.system.spawner().poll(this.identity.child().pidfd(), false);
			if (record != null) {
				ended(record);
			}
			else if (this.watch != null) {
				this.watch.rearmOrLook();
			}
		}
		catch (SystemCallFailure ex) {
			if (!this.patience.isExhausted(ex)) {
				this.loop.schedule(LONGEST_LOOK, this::lookAtProcess);
				return;
			}
			if (!FailedWaits.tellsThatItIsGone(ex)) {
				// what cannot be waited for must not run
				this.termination.kill();
			}
			lost(ex);
		}
	}

	private void ended(ExitRecord record) {
		beginInput();
		this.exit = record;
		this.deadlines.cancel();
		this.streams.processEnded();
		this.process.ended(record.status());
		this.termination.leaderEnded();
		if (!this.streams.isBusy()) {
			this.drained = true;
			settle();
			return;
		}
		Duration limit = this.identity.deadlines().drain();
		this.drainTimeout = this.loop.schedule((limit != null) ? limit : Duration.ZERO, this::stopDraining);
	}

	void outputEnded() {
		if (this.exit != null && !this.streams.isBusy()) {
			this.drained = true;
			settle();
		}
	}

	private void stopDraining() {
		this.streams.stopReading();
		this.drained = true;
		settle();
	}

	private void settle() {
		if (this.exit == null || !this.drained || this.termination.isUnderWay() || this.reaped) {
			return;
		}
		if (this.cgroupEnd != null && !this.cgroupEnd.isOver()) {
			return;
		}
		this.reaped = true;
		cancel(this.drainTimeout);
		this.process.reaping();
		reap(this.exit);
	}

	private void reap(ExitRecord ended) {
		ExitRecord record = ended;
		try {
			ExitRecord last = this.system.spawner().poll(this.identity.child().pidfd(), true);
			record = (last != null) ? last : record;
		}
		catch (SystemCallFailure ex) {
			if (!this.patience.isExhausted(ex)) {
				this.loop.schedule(LONGEST_LOOK, () -> reap(ended));
				return;
			}
			logger.log(System.Logger.Level.WARNING,
					"Process " + this.identity.id() + (FailedWaits.tellsThatItIsGone(ex)
							? " was reaped by somebody else in this JVM" : " cannot be reaped, and stays a zombie"),
					ex);
		}
		gone(record);
	}

	private void gone(ExitRecord record) {
		TreeEnd treeEnd = this.termination.treeEnd();
		if (this.cgroupEnd != null) {
			treeEnd = treeEnd.withLeft(this.cgroupEnd.left());
		}
		if (this.orphanage != null) {
			this.orphanage.settle(this.kin);
		}
		forgetWatch();
		this.process.reaped(record, this.termination.isForced(), treeEnd,
				(this.cgroupEnd != null) ? this.cgroupEnd.usage() : null, this.streams.toReports());
	}

	/**
	 * Somebody else has reaped the child, or it cannot be waited for: nobody will ever
	 * know how it ended.
	 */
	private void lost(SystemCallFailure failure) {
		this.reaped = true;
		beginInput();
		this.termination.abandon();
		this.deadlines.cancel();
		this.streams.processEnded();
		this.streams.stopReading();
		forgetWatch();
		ChildCgroup cgroup = this.identity.cgroup();
		if (cgroup != null && !cgroup.remove()) {
			cgroup.leave();
		}
		this.process.lost(failure);
	}

	private void forgetWatch() {
		if (this.watch != null) {
			this.watch.forget();
		}
	}

	private static void cancel(EventLoop.@Nullable Timer timer) {
		if (timer != null) {
			timer.cancel();
		}
	}

}
