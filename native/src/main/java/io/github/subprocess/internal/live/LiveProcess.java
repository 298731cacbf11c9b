// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.CgroupFigures;
import io.github.subprocess.CgroupUsage;
import io.github.subprocess.ExitStatus;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessExitException;
import io.github.subprocess.ProcessInspection;
import io.github.subprocess.ProcessInterruptedException;
import io.github.subprocess.ProcessLostException;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.ProcessTimeoutException;
import io.github.subprocess.SubprocessException;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.TreeEnd;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.OnInterrupt;
import io.github.subprocess.policy.TerminalPolicy;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * The face of a process towards the application.
 */
public final class LiveProcess extends ManagedProcess implements StreamOwner {

	private final ProcessIdentity identity;

	private final EventLoop loop;

	private final StandardStreams streams;

	private final ProcessWatcher watcher;

	private final ProcessProgress progress;

	private final Pidfd pidfd;

	private final ProcessLifecycle lifecycle;

	private final Inspector inspector;

	private final EndedProcessHandle.Source handle;

	private final Announcement<Process> exit;

	private final Announcement<ProcessResult> result;

	/**
	 * Create a process that is not watched yet.
	 * @param identity who it is
	 * @param system the operating system
	 * @param loop what will watch it
	 * @param streams its standard streams
	 * @param watcher is told of its end
	 * @param orphanage where those go who live on, {@code null} when orphans are not
	 * adopted
	 */
	public LiveProcess(ProcessIdentity identity, OperatingSystem system, EventLoop loop, StandardStreams streams,
			ProcessWatcher watcher, @Nullable Orphanage orphanage) {
		this.identity = identity;
		this.loop = loop;
		this.streams = streams;
		this.watcher = watcher;
		this.progress = new ProcessProgress(identity);
		this.exit = new Announcement<>(watcher::complete);
		this.result = new Announcement<>(watcher::complete);
		this.handle = new EndedProcessHandle.Source(identity.child().pid());
		this.pidfd = new Pidfd(system, identity.child());
		this.inspector = new Inspector(identity, loop, streams, system.spawner(), this.pidfd::isValid);
		this.lifecycle = new ProcessLifecycle(system, loop, identity, streams, this, orphanage);
	}

	/**
	 * Begin to watch it, by the calling thread: from then on it lives on the event loop.
	 */
	public void begin() {
		this.lifecycle.begin();
		InputPump pump = this.streams.pump(this);
		if (pump != null) {
			this.watcher.pump(pump);
		}
	}

	// what its streams tell

	@Override
	public ProcessIdentity identity() {
		return this.identity;
	}

	@Override
	public void inputFailed(Throwable failure) {
		this.progress.inputFailed(failure);
		this.loop.execute(this.lifecycle::applicationFailed);
	}

	@Override
	public void outputFailed(Throwable failure) {
		this.progress.outputFailed(failure);
		this.loop.execute(this.lifecycle::applicationFailed);
	}

	@Override
	public void outputEnded() {
		this.lifecycle.outputEnded();
	}

	// what the lifecycle tells, on the event loop

	void terminating(TerminationReason reason) {
		this.progress.terminating(reason);
	}

	void ended(ExitStatus status) {
		this.handle.ended();
		this.progress.ended(status);
		this.exit.succeed(this);
	}

	void reaping() {
		this.pidfd.retire();
	}

	void reaped(ExitRecord exit, boolean forced, TreeEnd treeEnd, @Nullable CgroupUsage cgroup, StreamReports streams) {
		this.pidfd.close();
		// what has ended is not among the live ones when those who wait for it go on
		ProcessResult result = this.progress.reaped(exit, forced, treeEnd, cgroup, streams,
				() -> this.watcher.remove(this));
		this.watcher.ended(this, result);
		SubprocessException failure = this.progress.failure(result);
		if (failure != null) {
			this.result.fail(failure);
		}
		else {
			this.result.succeed(result);
		}
	}

	void lost(SystemCallFailure failure) {
		this.handle.ended();
		this.pidfd.close();
		ProcessLostException lost = new ProcessLostException(this.identity.policyName(), id(), pid(), failure);
		this.progress.lost(lost, () -> this.watcher.remove(this));
		this.watcher.lost(this, lost);
		this.exit.fail(lost);
		this.result.fail(lost);
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
		return this.progress.snapshot();
	}

	/**
	 * Look at it closely. May read files of {@code /proc}, and waits a moment for the
	 * event loop.
	 * @param tailBytes how much of the end of what it wrote
	 * @return what was seen
	 */
	public ProcessInspection inspect(int tailBytes) {
		return this.inspector.inspect(snapshot(), tailBytes);
	}

	Inspector inspector() {
		return this.inspector;
	}

	/**
	 * Return what those in the cgroup that was made for it use.
	 * @return the figures, {@code null} when there is none
	 */
	public @Nullable CgroupFigures cgroup() {
		return this.inspector.cgroup();
	}

	@Override
	public CompletableFuture<ProcessResult> result() {
		return this.result.future();
	}

	@Override
	public CompletableFuture<Process> onExit() {
		return this.exit.future();
	}

	@Override
	public boolean signal(ProcessSignal signal) {
		if (this.progress.hasEnded()) {
			return false;
		}
		try {
			return this.pidfd.signal(signal);
		}
		catch (SystemCallFailure ex) {
			throw new IllegalStateException("Process " + id() + " cannot be signalled: " + ex.getMessage(), ex);
		}
	}

	@Override
	public void terminate(TerminationReason reason) {
		this.loop.execute(() -> this.lifecycle.terminate(reason, false));
	}

	/**
	 * Begin to end it with those in the scope of its policy by SIGKILL.
	 * @param reason why
	 */
	public void kill(TerminationReason reason) {
		this.loop.execute(() -> this.lifecycle.terminate(reason, true));
	}

	@Override
	public void destroy() {
		terminate(TerminationReason.CANCEL);
	}

	@Override
	public Process destroyForcibly() {
		kill(TerminationReason.CANCEL);
		return this;
	}

	@Override
	public boolean supportsNormalTermination() {
		return true;
	}

	@Override
	public boolean isAlive() {
		return !this.progress.hasEnded();
	}

	@Override
	public int exitValue() {
		ExitStatus status = this.progress.exitStatus();
		if (status == null) {
			throw new IllegalThreadStateException("process has not exited");
		}
		return status.toExitValue();
	}

	@Override
	public int waitFor() throws InterruptedException {
		this.progress.awaitEnd(null);
		return this.progress.requireExitStatus().toExitValue();
	}

	@Override
	public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
		long nanos = Math.max(0, Math.min(unit.toNanos(timeout), Long.MAX_VALUE / 2));
		return this.progress.awaitEnd(System.nanoTime() + nanos);
	}

	@Override
	public ProcessResult awaitSuccess() {
		ProcessResult result = awaitResult();
		SubprocessException failure = this.progress.failure(result);
		if (failure != null) {
			throw failure;
		}
		Duration passed = passedDeadline(result.outcome());
		if (passed != null) {
			throw new ProcessTimeoutException(result, passed);
		}
		if (!result.isSuccess()) {
			throw new ProcessExitException(result);
		}
		return result;
	}

	/**
	 * Have something run by the thread that waits in {@link #awaitSuccess()} and watches
	 * this process itself, when it does not watch any more.
	 * @param epilogue what to run
	 * @return whether there is such a thread
	 */
	public boolean runByWhoWaits(Runnable epilogue) {
		return this.loop instanceof CallerLoop own && own.runAtTheEnd(epilogue);
	}

	/**
	 * Wait until it is gone, as long as that takes.
	 * @throws InterruptedException if this thread is interrupted
	 */
	public void awaitGone() throws InterruptedException {
		this.progress.awaitGone(null);
	}

	/**
	 * Return whether it goes on when who waits for it is interrupted.
	 * @return what its policy says
	 */
	public boolean isLeftOnInterrupt() {
		return this.identity.termination().onInterrupt() == OnInterrupt.LEAVE;
	}

	/**
	 * Return how it ended, once it is gone.
	 * @return the result
	 */
	public ProcessResult requireResult() {
		return this.progress.requireResult();
	}

	/**
	 * Return when it ended, once it is gone.
	 * @return a point on the monotonic clock
	 */
	public long endedNanos() {
		return this.identity.startedNanos() + requireResult().duration().toNanos();
	}

	/**
	 * Return whether application code at its streams has failed, once it is gone.
	 * @return whether that is so
	 */
	public boolean hasApplicationFailure() {
		return this.progress.failure(requireResult()) != null;
	}

	/**
	 * Return the future of its being gone, whether anybody failed or not.
	 * @return a future, completed exceptionally only when nobody knows how it ended
	 */
	public CompletableFuture<ProcessResult> onGone() {
		return result().handle((result, failure) -> requireResult());
	}

	private @Nullable Duration passedDeadline(ProcessOutcome outcome) {
		DeadlinesPolicy deadlines = this.identity.deadlines();
		return switch (outcome) {
			case TIMEOUT -> deadlines.wall();
			case IDLE_TIMEOUT -> deadlines.idle();
			case CPU_TIMEOUT -> deadlines.cpu();
			default -> null;
		};
	}

	private ProcessResult awaitResult() {
		try {
			if (this.loop instanceof CallerLoop own) {
				own.runUntil(this.progress::hasGone);
			}
			this.progress.awaitGone(null);
			return this.progress.requireResult();
		}
		catch (InterruptedException ex) {
			boolean left = isLeftOnInterrupt();
			if (!left) {
				destroy();
			}
			Thread.currentThread().interrupt();
			throw new ProcessInterruptedException(this.identity.policyName(), id(), left, ex);
		}
	}

	/**
	 * Wait until it is gone.
	 * @param deadlineNanos until when, on the monotonic clock
	 * @return whether it is gone
	 * @throws InterruptedException if this thread is interrupted
	 */
	public boolean awaitGone(long deadlineNanos) throws InterruptedException {
		return this.progress.awaitGone(deadlineNanos);
	}

	/**
	 * Return how long it may take, at most, to end it.
	 * @return the grace period, and what the kernel gets for SIGKILL and the drain
	 */
	public Duration longestTermination() {
		return longestKill().plus(orZero(this.identity.termination().gracePeriod()));
	}

	/**
	 * Return how long it may take, at most, to end it by SIGKILL.
	 * @return what the kernel gets for that, and the drain
	 */
	public Duration longestKill() {
		return Termination.KILL_WAIT.plusSeconds(1).plus(orZero(this.identity.deadlines().drain()));
	}

	private static Duration orZero(@Nullable Duration duration) {
		return (duration != null) ? duration : Duration.ZERO;
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
				kill(TerminationReason.CANCEL);
				deadline = Math.min(deadline, System.nanoTime() + Termination.KILL_WAIT.toNanos());
			}
		}
		this.streams.closeReaders();
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void resizeTerminal(int rows, int columns) {
		TerminalPolicy.undecided().withRows(rows).withColumns(columns);
		this.streams.resizeTerminal(rows, columns);
	}

	@Override
	public ProcessHandle toHandle() {
		return this.handle.handle();
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
