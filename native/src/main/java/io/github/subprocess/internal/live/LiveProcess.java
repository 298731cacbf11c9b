// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.subprocess.CapturedOutput;
import io.github.subprocess.ExitStatus;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessInputException;
import io.github.subprocess.ProcessLostException;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * The face of a process towards the application: state under a lock that the reactor
 * writes and any thread reads.
 */
public final class LiveProcess extends ManagedProcess {

	private final ProcessIdentity identity;

	private final OperatingSystem system;

	private final Reactor reactor;

	private final StandardStreams streams;

	private final ProcessWatcher watcher;

	private final ProcessLifecycle lifecycle;

	private final CompletableFuture<Process> exitFuture = new CompletableFuture<>();

	private final CompletableFuture<ProcessResult> resultFuture = new CompletableFuture<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private @Nullable TerminationReason terminationReason;

	private @Nullable ExitStatus exitStatus;

	private @Nullable Instant ended;

	private @Nullable ProcessResult result;

	private @Nullable ProcessLostException lost;

	private @Nullable Exception inputFailure;

	private boolean pidfdOpen = true;

	/**
	 * Create a process that is not watched yet.
	 * @param identity who it is
	 * @param system the operating system
	 * @param reactor what will watch it
	 * @param streams its standard streams
	 * @param watcher is told of its end
	 */
	public LiveProcess(ProcessIdentity identity, OperatingSystem system, Reactor reactor, StandardStreams streams,
			ProcessWatcher watcher) {
		this.identity = identity;
		this.system = system;
		this.reactor = reactor;
		this.streams = streams;
		this.watcher = watcher;
		this.lifecycle = new ProcessLifecycle(system, reactor, identity, streams, this);
	}

	/**
	 * Begin to watch it.
	 */
	public void begin() {
		this.reactor.execute(this.lifecycle::begin);
		InputStream source = this.streams.inputToPump();
		PipeOutputStream target = this.streams.input();
		if (source != null && target != null) {
			this.watcher.pump(new InputPump(source, target, this::inputFailed));
		}
	}

	private void inputFailed(Exception failure) {
		this.lock.lock();
		try {
			if (this.exitStatus != null) {
				// it has ended without the rest of its input
				return;
			}
			this.inputFailure = failure;
		}
		finally {
			this.lock.unlock();
		}
		terminate(TerminationReason.CANCEL);
	}

	// what the lifecycle tells, on the reactor

	void terminating(TerminationReason reason) {
		this.lock.lock();
		try {
			if (this.terminationReason == null) {
				this.terminationReason = reason;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void ended(ExitStatus status) {
		this.lock.lock();
		try {
			this.exitStatus = status;
			this.ended = this.identity.started().plusNanos(System.nanoTime() - this.identity.startedNanos());
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		this.watcher.complete(() -> this.exitFuture.complete(this));
	}

	void reaped(ExitRecord record, boolean forced, CapturedOutput output, CapturedOutput error) {
		ProcessResult result;
		ProcessSnapshot snapshot;
		Exception inputFailure;
		this.lock.lock();
		try {
			Instant end = (this.ended != null) ? this.ended : Instant.now();
			result = new ProcessResult(id(), this.identity.policyName(), pid(), record.status(),
					outcome(record.status()), forced, Duration.between(this.identity.started(), end),
					this.identity.spawnDuration(), record.usage(), output, error);
			this.result = result;
			inputFailure = this.inputFailure;
			// before anybody who waits goes on: what has ended is not among the live ones
			snapshot = this.watcher.remove(this);
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		this.watcher.ended(snapshot, result);
		this.watcher.complete(() -> {
			if (inputFailure != null) {
				this.resultFuture.completeExceptionally(new ProcessInputException(result, inputFailure));
			}
			else {
				this.resultFuture.complete(result);
			}
		});
	}

	private ProcessOutcome outcome(ExitStatus status) {
		if (this.terminationReason != null) {
			return (this.terminationReason == TerminationReason.TIMEOUT) ? ProcessOutcome.TIMEOUT
					: ProcessOutcome.CANCELLED;
		}
		if (status instanceof ExitStatus.Exited exited) {
			var success = this.identity.policy().successExitCodes();
			return (success == null || success.isEmpty() || success.contains(exited.code())) ? ProcessOutcome.SUCCESS
					: ProcessOutcome.FAILURE;
		}
		return ProcessOutcome.SIGNALLED;
	}

	void lost(SystemCallFailure failure) {
		ProcessLostException lost = new ProcessLostException(this.identity.policyName(), id(), pid(), failure);
		this.lock.lock();
		try {
			this.lost = lost;
			this.watcher.remove(this);
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		this.watcher.complete(() -> {
			this.exitFuture.completeExceptionally(lost);
			this.resultFuture.completeExceptionally(lost);
		});
	}

	void closePidfd() {
		this.lock.lock();
		try {
			if (this.pidfdOpen) {
				this.pidfdOpen = false;
				this.system.descriptors().close(this.identity.child().pidfd());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	// what the application asks

	@Override
	public String id() {
		return this.identity.id();
	}

	@Override
	public long pid() {
		return this.identity.child().pid();
	}

	@Override
	public ProcessSnapshot snapshot() {
		this.lock.lock();
		try {
			Duration timeout = this.identity.policy().timeout();
			Instant deadline = (timeout != null && !timeout.isZero()) ? this.identity.started().plus(timeout) : null;
			return new ProcessSnapshot(id(), pid(), this.identity.policyName(), state(),
					this.identity.child().program(), this.identity.arguments(),
					this.identity.policy().workingDirectory(), this.identity.session(), this.identity.ownGroup(),
					this.identity.child().mechanism(), this.identity.child().closing(), this.identity.started(),
					this.identity.spawnDuration(), deadline, this.terminationReason, this.result);
		}
		finally {
			this.lock.unlock();
		}
	}

	private ProcessSnapshot.State state() {
		if (this.result != null || this.lost != null) {
			return ProcessSnapshot.State.ENDED;
		}
		if (this.exitStatus != null) {
			return ProcessSnapshot.State.DRAINING;
		}
		return (this.terminationReason != null) ? ProcessSnapshot.State.TERMINATING : ProcessSnapshot.State.RUNNING;
	}

	@Override
	public CompletableFuture<ProcessResult> result() {
		return this.resultFuture.copy();
	}

	@Override
	public CompletableFuture<Process> onExit() {
		return this.exitFuture.copy();
	}

	@Override
	public boolean signal(ProcessSignal signal) {
		this.lock.lock();
		try {
			if (!this.pidfdOpen || this.exitStatus != null) {
				return false;
			}
			this.system.spawner().signal(this.identity.child().pidfd(), signal.number());
			return true;
		}
		catch (SystemCallFailure ex) {
			if (ex.errnoName().equals("ESRCH")) {
				return false;
			}
			throw new IllegalStateException("Process " + id() + " cannot be signalled: " + ex.getMessage(), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void terminate(TerminationReason reason) {
		this.reactor.execute(() -> this.lifecycle.terminate(reason, false));
	}

	private void kill() {
		this.reactor.execute(() -> this.lifecycle.terminate(TerminationReason.CANCEL, true));
	}

	@Override
	public void destroy() {
		terminate(TerminationReason.CANCEL);
	}

	@Override
	public Process destroyForcibly() {
		kill();
		return this;
	}

	@Override
	public boolean supportsNormalTermination() {
		return true;
	}

	@Override
	public boolean isAlive() {
		this.lock.lock();
		try {
			return this.exitStatus == null && this.lost == null;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public int exitValue() {
		this.lock.lock();
		try {
			if (this.exitStatus == null) {
				throw new IllegalThreadStateException("process has not exited");
			}
			return this.exitStatus.toExitValue();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public int waitFor() throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (this.exitStatus == null) {
				if (this.lost != null) {
					throw this.lost;
				}
				this.changed.await();
			}
			return this.exitStatus.toExitValue();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
		long left = unit.toNanos(timeout);
		this.lock.lockInterruptibly();
		try {
			while (this.exitStatus == null && this.lost == null) {
				if (left <= 0) {
					return false;
				}
				left = this.changed.awaitNanos(left);
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until it has ended, has been reaped and its captured streams have been read.
	 * Bounded by its own timeout alone, as the caller wants it.
	 * @return the result
	 * @throws InterruptedException if this thread is interrupted
	 */
	public ProcessResult awaitResult() throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (this.result == null) {
				if (this.lost != null) {
					throw this.lost;
				}
				this.changed.await();
			}
			if (this.inputFailure != null) {
				throw new ProcessInputException(this.result, this.inputFailure);
			}
			return this.result;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until it is gone.
	 * @param deadlineNanos until when, on the monotonic clock
	 * @return whether it is gone
	 * @throws InterruptedException if this thread is interrupted
	 */
	public boolean awaitGone(long deadlineNanos) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (this.result == null && this.lost == null) {
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

	/**
	 * Return how long it may take, at most, to end it.
	 * @return the grace period, and what the kernel gets for SIGKILL and the drain
	 */
	public Duration longestTermination() {
		TerminationPolicy termination = this.identity.policy().termination();
		Duration grace = (termination != null && termination.gracePeriod() != null) ? termination.gracePeriod()
				: Duration.ZERO;
		Duration drain = (this.identity.policy().output() != null
				&& this.identity.policy().output().drainTimeout() != null)
						? this.identity.policy().output().drainTimeout() : Duration.ZERO;
		return grace.plus(Termination.KILL_WAIT).plus(drain).plusSeconds(1);
	}

	@Override
	public void close() {
		terminate(TerminationReason.CANCEL);
		long deadline = System.nanoTime() + longestTermination().toNanos();
		boolean interrupted = false;
		while (true) {
			try {
				awaitGone(deadline);
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
				kill();
				deadline = Math.min(deadline, System.nanoTime() + Termination.KILL_WAIT.toNanos());
			}
		}
		this.streams.closeReaders();
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public ProcessHandle toHandle() {
		return ProcessHandle.of(pid())
			.orElseThrow(() -> new IllegalStateException("Process " + id() + " has ended: there is no handle to it"));
	}

	@Override
	public OutputStream getOutputStream() {
		return this.streams.inputForApplication();
	}

	@Override
	public InputStream getInputStream() {
		return this.streams.outputForApplication();
	}

	@Override
	public InputStream getErrorStream() {
		return this.streams.errorForApplication();
	}

	@Override
	public String toString() {
		return "Process[id=" + id() + ", pid=" + pid() + ", policy=" + this.identity.policyName() + "]";
	}

}
