// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.github.subprocess.spi.ReadinessPoll.Interest;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * Parks threads until one end of a pipe is ready. All methods are to be called with the
 * lock of the stream held, which waiting gives up meanwhile.
 */
final class PipeReadiness {

	private final EventLoop loop;

	private final int descriptor;

	private final Interest interest;

	private final ReentrantLock lock;

	private final Condition ready;

	private EventLoop.@Nullable Watch watch;

	private @Nullable Runnable onHangUp;

	private boolean armed;

	PipeReadiness(EventLoop loop, int descriptor, Interest interest, ReentrantLock lock) {
		this.loop = loop;
		this.descriptor = descriptor;
		this.interest = interest;
		this.lock = lock;
		this.ready = lock.newCondition();
	}

	/**
	 * Wait until the pipe may be ready.
	 * @param closed whether there is nothing to wait for any more
	 * @throws SystemCallFailure if the pipe cannot be watched
	 * @throws InterruptedIOException if this thread is interrupted, which it stays
	 */
	void await(BooleanSupplier closed) throws SystemCallFailure, InterruptedIOException {
		if (!this.armed) {
			if (this.watch == null) {
				this.watch = this.loop.watch(this.descriptor, this.interest, this::tell);
			}
			else {
				this.watch.rearm(this.interest);
			}
			this.armed = true;
		}
		try {
			while (this.armed && !closed.getAsBoolean()) {
				this.ready.await();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while waiting for a process to read or write");
		}
	}

	/**
	 * Watch for the end of all who are at the other end, unless somebody waits, who will
	 * see it himself.
	 * @param onHangUp what to run then, on the event loop with the lock held
	 * @throws SystemCallFailure if the pipe cannot be watched
	 */
	void awaitHangUp(Runnable onHangUp) throws SystemCallFailure {
		this.onHangUp = onHangUp;
		if (this.armed) {
			return;
		}
		if (this.watch == null) {
			this.watch = this.loop.watch(this.descriptor, Interest.HANG_UP, this::tell);
		}
		else {
			this.watch.rearm(Interest.HANG_UP);
		}
	}

	private void tell() {
		this.lock.lock();
		try {
			if (!this.armed && this.onHangUp != null) {
				this.onHangUp.run();
			}
			wakeAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Let all that wait look again.
	 */
	void wakeAll() {
		this.armed = false;
		this.ready.signalAll();
	}

	/**
	 * Watch no more: the descriptor is about to be closed.
	 */
	void forget() {
		if (this.watch != null) {
			this.watch.forget();
		}
		wakeAll();
	}

}
