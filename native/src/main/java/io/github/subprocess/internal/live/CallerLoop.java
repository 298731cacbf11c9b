// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.function.BooleanSupplier;

import io.github.subprocess.spi.ReadinessPoll;
import org.jspecify.annotations.Nullable;

/**
 * The event loop of one process, turned by the platform thread that waits for its result:
 * to be told by another thread would cost two more wake-ups. When the thread stops to
 * wait, the {@link Reactor} goes on.
 */
public final class CallerLoop extends EventLoop {

	private final ReadinessPoll poll;

	private final Reactor reactor;

	private volatile @Nullable Thread thread;

	private volatile boolean adopted;

	private BooleanSupplier done = () -> false;

	private @Nullable Runnable epilogue;

	/**
	 * Create a loop, which takes over the poll. The calling thread is the one that turns
	 * it.
	 * @param poll tells which descriptors are ready
	 * @param reactor goes on where the thread leaves off
	 */
	public CallerLoop(ReadinessPoll poll, Reactor reactor) {
		super(poll);
		this.poll = poll;
		this.reactor = reactor;
		this.thread = Thread.currentThread();
	}

	@Override
	boolean isTurning() {
		return Thread.currentThread() == this.thread;
	}

	/**
	 * Turn until something is done, then release what this loop holds. When this thread
	 * is interrupted, the reactor turns this loop from then on.
	 * @param done whether there is nothing left to do
	 * @throws InterruptedException if this thread is interrupted
	 */
	void runUntil(BooleanSupplier done) throws InterruptedException {
		if (this.adopted || !isTurning()) {
			return;
		}
		this.done = done;
		try {
			InterruptNotice notice = new InterruptNotice();
			while (!done.getAsBoolean()) {
				notice.turnAttentively();
			}
		}
		finally {
			this.thread = null;
			if (done.getAsBoolean()) {
				release();
				tellOfTheEnd();
			}
			else {
				this.adopted = true;
				this.reactor.adopt(this);
			}
		}
	}

	/**
	 * Have something run by the thread that turns this loop once it has turned it for the
	 * last time, if it is the one that waits for the process.
	 * @param epilogue what to run
	 * @return whether that thread will run it
	 */
	boolean runAtTheEnd(Runnable epilogue) {
		if (this.adopted || !isTurning()) {
			return false;
		}
		this.epilogue = epilogue;
		return true;
	}

	private void tellOfTheEnd() {
		Runnable last = this.epilogue;
		if (last != null) {
			this.epilogue = null;
			last.run();
		}
	}

	/**
	 * Release what this loop holds: there is no process to watch.
	 */
	public void abandon() {
		this.thread = null;
		release();
	}

	/**
	 * Turn once, for the reactor.
	 */
	void turnForReactor() {
		this.thread = Thread.currentThread();
		try {
			turn(0);
		}
		finally {
			this.thread = null;
		}
	}

	boolean isDone() {
		return this.done.getAsBoolean();
	}

	int descriptor() {
		return this.poll.descriptor();
	}

	/**
	 * Hears of an interrupt while this thread waits in the kernel, as blocking channels
	 * do. Good for one interrupt, after which the thread does not wait here any more.
	 */
	private final class InterruptNotice extends AbstractInterruptibleChannel {

		void turnAttentively() throws InterruptedException {
			begin();
			try {
				turn(-1);
			}
			finally {
				hush();
			}
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		}

		private void hush() {
			try {
				end(true);
			}
			catch (IOException ex) {
				// closed by an interrupt, which the flag of the thread still tells
				Thread.currentThread().interrupt();
			}
		}

		@Override
		protected void implCloseChannel() {
			wakeUp();
		}

	}

}
