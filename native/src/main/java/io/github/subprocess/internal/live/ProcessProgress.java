// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.github.subprocess.CgroupUsage;
import io.github.subprocess.ExitStatus;
import io.github.subprocess.ProcessInputException;
import io.github.subprocess.ProcessLostException;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessOutputException;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.SubprocessException;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.TreeEnd;
import io.github.subprocess.spi.ExitRecord;
import org.jspecify.annotations.Nullable;

/**
 * How far a process has come: written by the reactor, read and waited for by any thread.
 */
final class ProcessProgress {

	private final ProcessIdentity identity;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private @Nullable TerminationReason terminationReason;

	private @Nullable ExitStatus exitStatus;

	private @Nullable Duration duration;

	private @Nullable ProcessResult result;

	private @Nullable ProcessLostException lost;

	private @Nullable Function<ProcessResult, SubprocessException> failure;

	ProcessProgress(ProcessIdentity identity) {
		this.identity = identity;
	}

	/**
	 * It is being ended from this side; the first reason counts.
	 */
	void terminating(TerminationReason reason) {
		record(() -> {
			if (this.terminationReason == null) {
				this.terminationReason = reason;
			}
		});
	}

	/**
	 * What fed it has failed. That does not matter when it has ended without the rest of
	 * its input.
	 */
	void inputFailed(Throwable failure) {
		record(() -> {
			if (this.exitStatus == null && this.failure == null) {
				this.failure = (result) -> new ProcessInputException(result, failure);
			}
		});
	}

	/**
	 * What takes its output has failed; the first failure counts.
	 */
	void outputFailed(Throwable failure) {
		record(() -> {
			if (this.result == null && this.failure == null) {
				this.failure = (result) -> new ProcessOutputException(result, failure);
			}
		});
	}

	/**
	 * It has ended.
	 */
	void ended(ExitStatus status) {
		record(() -> {
			this.exitStatus = status;
			this.duration = Duration.ofNanos(System.nanoTime() - this.identity.startedNanos());
		});
	}

	/**
	 * It has been reaped.
	 * @param beforeTold is run before anybody who waits goes on
	 * @return the result
	 */
	ProcessResult reaped(ExitRecord exit, boolean forced, TreeEnd treeEnd, @Nullable CgroupUsage cgroup,
			StreamReports streams, Runnable beforeTold) {
		this.lock.lock();
		try {
			ProcessResult result = new ProcessResult(this.identity.id(), this.identity.policyName(),
					this.identity.child().pid(), exit.status(), outcome(exit.status()), this.terminationReason, forced,
					treeEnd, (this.duration != null) ? this.duration : Duration.ZERO, this.identity.spawnDuration(),
					this.identity.child().mechanism(), exit.usage(), cgroup, streams.input(), streams.output(),
					streams.error());
			this.result = result;
			beforeTold.run();
			this.changed.signalAll();
			return result;
		}
		finally {
			this.lock.unlock();
		}
	}

	private ProcessOutcome outcome(ExitStatus status) {
		if (this.terminationReason != null) {
			return this.terminationReason.outcome();
		}
		if (status instanceof ExitStatus.Exited exited) {
			Set<Integer> success = this.identity.policy().successExitCodes();
			return (success == null || success.isEmpty() || success.contains(exited.code())) ? ProcessOutcome.SUCCESS
					: ProcessOutcome.FAILURE;
		}
		return ProcessOutcome.SIGNALLED;
	}

	/**
	 * Somebody else has reaped it.
	 * @param beforeTold is run before anybody who waits goes on
	 */
	void lost(ProcessLostException failure, Runnable beforeTold) {
		record(() -> {
			this.lost = failure;
			beforeTold.run();
		});
	}

	ProcessSnapshot snapshot() {
		this.lock.lock();
		try {
			Duration wall = this.identity.deadlines().wall();
			Instant deadline = (wall != null && !wall.isZero()) ? this.identity.started().plus(wall) : null;
			return new ProcessSnapshot(this.identity.id(), this.identity.child().pid(), this.identity.policyName(),
					state(), this.identity.child().program(), this.identity.arguments(),
					this.identity.policy().workingDirectory(), this.identity.session(), this.identity.ownGroup(),
					this.identity.child().mechanism(), this.identity.child().closing(),
					this.identity.child().warnings(), this.identity.started(), this.identity.spawnDuration(), deadline,
					this.terminationReason, this.result);
		}
		finally {
			this.lock.unlock();
		}
	}

	private ProcessSnapshot.State state() {
		if (isGone()) {
			return ProcessSnapshot.State.ENDED;
		}
		if (this.exitStatus != null) {
			return ProcessSnapshot.State.DRAINING;
		}
		return (this.terminationReason != null) ? ProcessSnapshot.State.TERMINATING : ProcessSnapshot.State.RUNNING;
	}

	boolean hasEnded() {
		return ask(this::isEnded);
	}

	boolean hasGone() {
		return ask(this::isGone);
	}

	/**
	 * Return how it ended.
	 * @return the status, or {@code null} if it runs, or if nobody knows
	 */
	@Nullable ExitStatus exitStatus() {
		this.lock.lock();
		try {
			return this.exitStatus;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return what application code at its streams has done wrong.
	 * @param result what the exception is to tell
	 * @return an exception, or {@code null}
	 */
	@Nullable SubprocessException failure(ProcessResult result) {
		this.lock.lock();
		try {
			return (this.failure != null) ? this.failure.apply(result) : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until it has ended.
	 * @param deadlineNanos until when, on the monotonic clock; {@code null}: as long as
	 * it takes
	 * @return whether it has ended
	 * @throws InterruptedException if this thread is interrupted
	 */
	boolean awaitEnd(@Nullable Long deadlineNanos) throws InterruptedException {
		return await(this::isEnded, deadlineNanos);
	}

	/**
	 * Wait until it has been reaped and its captured streams have been read.
	 * @param deadlineNanos until when, on the monotonic clock; {@code null}: as long as
	 * it takes
	 * @return whether that is so
	 * @throws InterruptedException if this thread is interrupted
	 */
	boolean awaitGone(@Nullable Long deadlineNanos) throws InterruptedException {
		return await(this::isGone, deadlineNanos);
	}

	/**
	 * Return the result of a process that is gone.
	 */
	ProcessResult requireResult() {
		this.lock.lock();
		try {
			if (this.result != null) {
				return this.result;
			}
			throw (this.lost != null) ? this.lost : new IllegalStateException("The process is not gone");
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return the exit status of a process that has ended.
	 */
	ExitStatus requireExitStatus() {
		this.lock.lock();
		try {
			if (this.exitStatus != null) {
				return this.exitStatus;
			}
			throw (this.lost != null) ? this.lost : new IllegalStateException("The process has not ended");
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isEnded() {
		return this.exitStatus != null || this.lost != null;
	}

	private boolean isGone() {
		return this.result != null || this.lost != null;
	}

	private boolean await(BooleanSupplier reached, @Nullable Long deadlineNanos) throws InterruptedException {
		// as in the JDK, an interrupt is heard only where there is something to wait for
		this.lock.lock();
		try {
			while (!reached.getAsBoolean()) {
				if (deadlineNanos == null) {
					this.changed.await();
					continue;
				}
				long left = deadlineNanos - System.nanoTime();
				if (left <= 0) {
					return false;
				}
				this.changed.awaitNanos(left);
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void record(Runnable change) {
		ask(() -> {
			change.run();
			this.changed.signalAll();
			return true;
		});
	}

	private boolean ask(BooleanSupplier question) {
		this.lock.lock();
		try {
			return question.getAsBoolean();
		}
		finally {
			this.lock.unlock();
		}
	}

}
