// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.github.subprocess.spi.ReadinessPoll;
import io.github.subprocess.spi.ReadinessPoll.Interest;
import org.jspecify.annotations.Nullable;

/**
 * The event loop with a thread of its own, which watches all children that nobody waits
 * for in {@link CallerLoop a loop of his own}. The thread is a daemon and starts with the
 * first task.
 */
public final class Reactor extends EventLoop implements AutoCloseable {

	/**
	 * The longest wait after there was something to do, so that what can wait so long
	 * need not wake the thread up. With nothing to do for that time it waits for good.
	 */
	private static final int LONGEST_WAIT_MILLIS = 1_000;

	private static final long CLOSE_WAIT_MILLIS = 5_000;

	private static final Duration BEFORE_ANOTHER_TRY = Duration.ofMillis(100);

	private final Thread thread;

	private final AtomicBoolean threadStarted = new AtomicBoolean();

	private volatile boolean closed;

	private volatile BooleanSupplier needed = () -> false;

	private volatile Runnable onEnd = () -> {
	};

	private volatile boolean ended;

	/**
	 * Create a reactor, which takes over the poll.
	 * @param poll tells which descriptors are ready
	 */
	public Reactor(ReadinessPoll poll) {
		super(poll);
		this.thread = new Thread(null, this::run, "subprocess-reactor", 0, false);
		this.thread.setDaemon(true);
	}

	/**
	 * Start the thread, unless it runs. Before there is anything to watch: afterwards it
	 * would be too late to find that there may be no more threads.
	 * @throws OutOfMemoryError if there may be none
	 */
	public void begin() {
		if (!this.threadStarted.get() && this.threadStarted.compareAndSet(false, true)) {
			try {
				this.thread.start();
			}
			catch (OutOfMemoryError ex) {
				this.threadStarted.set(false);
				throw ex;
			}
		}
	}

	@Override
	void execute(Runnable task) {
		begin();
		super.execute(task);
	}

	@Override
	void ensureTurning() {
		begin();
	}

	/**
	 * Run a task again somewhat later. May be called by any thread.
	 * @param task what to run: short, and it does not block
	 */
	public void executeLater(Runnable task) {
		execute(() -> schedule(BEFORE_ANOTHER_TRY, task));
	}

	@Override
	boolean isTurning() {
		return Thread.currentThread() == this.thread;
	}

	private void run() {
		try {
			boolean busy = true;
			while (!this.closed || this.needed.getAsBoolean()) {
				busy = turn((busy || this.closed) ? LONGEST_WAIT_MILLIS : -1);
			}
		}
		finally {
			end();
		}
	}

	private void end() {
		this.ended = true;
		release();
		this.onEnd.run();
	}

	/**
	 * Return whether nothing more should be watched, because this was closed, or has not
	 * been able to wait for some time. What is watched already is looked at.
	 * @return whether there is no use in launching
	 */
	public boolean isOutOfOrder() {
		return this.ended || isBlind();
	}

	/**
	 * Turn another loop, whose thread has gone away, until it has nothing left to do. May
	 * be called by any thread.
	 * @param orphan the loop, which is released in the end
	 */
	void adopt(CallerLoop orphan) {
		execute(() -> new Adoption(orphan).turn());
	}

	/**
	 * Close as soon as nobody needs this any more. That is waited for only if it is the
	 * case now: what outlives its end is reaped by whoever has watched it, or never.
	 * @param needed whether there is anything left to watch
	 * @param onEnd what to run then
	 */
	public void close(BooleanSupplier needed, Runnable onEnd) {
		this.onEnd = onEnd;
		this.needed = needed;
		close();
	}

	/**
	 * End the reactor's thread and release its descriptors.
	 */
	@Override
	public void close() {
		this.closed = true;
		if (this.threadStarted.compareAndSet(false, true)) {
			end();
			return;
		}
		wakeUp();
		if (this.needed.getAsBoolean()) {
			return;
		}
		boolean interrupted = false;
		try {
			this.thread.join(CLOSE_WAIT_MILLIS);
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * A loop within the loop: a poll can be polled itself.
	 */
	private final class Adoption {

		private final CallerLoop orphan;

		private @Nullable Watch watch;

		private @Nullable Timer timer;

		Adoption(CallerLoop orphan) {
			this.orphan = orphan;
		}

		void turn() {
			if (this.timer != null) {
				this.timer.cancel();
			}
			this.orphan.turnForReactor();
			if (this.orphan.isDone()) {
				end();
				return;
			}
			if (this.watch == null) {
				this.watch = watchOrLook(this.orphan.descriptor(), Interest.READ, this::turn);
			}
			else {
				this.watch.rearmOrLook();
			}
			int wait = this.orphan.millisToNextTimer();
			if (wait >= 0) {
				this.timer = schedule(Duration.ofMillis(wait), this::turn);
			}
		}

		private void end() {
			if (this.watch != null) {
				this.watch.forget();
			}
			this.orphan.release();
		}

	}

}
