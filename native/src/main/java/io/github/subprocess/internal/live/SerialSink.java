// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Has bytes delivered where application code runs. A bounded number waits there, so that
 * code that is slower than the process makes it wait, and code that fails is not called
 * again.
 */
final class SerialSink implements OutputSink {

	private static final long MOST_WAITING = 128 * 1024;

	/**
	 * What a buffer takes besides its bytes.
	 */
	private static final int BUFFER_COST = 64;

	private final Delivery delivery;

	private final SerialTasks tasks;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable OutputReader reader;

	private long waiting;

	private boolean full;

	private boolean failed;

	private volatile boolean abandoned;

	private volatile boolean done;

	SerialSink(Delivery delivery, SerialTasks tasks) {
		this.delivery = delivery;
		this.tasks = tasks;
	}

	@Override
	public void begin(OutputReader reader) {
		this.reader = reader;
		this.delivery.begin(reader.owner().identity());
	}

	@Override
	public boolean hasRoom() {
		this.lock.lock();
		try {
			this.full = this.waiting >= MOST_WAITING && !this.done;
			return !this.full;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void take(ByteBuffer bytes) {
		if (this.done) {
			return;
		}
		ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
		long cost = (long) BUFFER_COST + copy.remaining();
		this.lock.lock();
		try {
			this.waiting += cost;
		}
		finally {
			this.lock.unlock();
		}
		this.tasks.execute(() -> deliver(copy, cost));
	}

	private void deliver(ByteBuffer bytes, long cost) {
		call(() -> this.delivery.deliver(bytes));
		boolean wasFull;
		this.lock.lock();
		try {
			this.waiting -= cost;
			wasFull = this.full && (this.done || this.waiting <= MOST_WAITING / 2);
			this.full &= !wasFull;
		}
		finally {
			this.lock.unlock();
		}
		if (wasFull) {
			tellReader();
		}
	}

	@Override
	public void end() {
		this.tasks.execute(() -> {
			call(this.delivery::end);
			release();
			this.done = true;
			tellReader();
		});
	}

	/**
	 * Call application code after what waits. May be called by any thread.
	 * @param step what to call
	 */
	void execute(Step step) {
		this.tasks.execute(() -> call(step));
	}

	private void call(Step step) {
		if (this.failed || this.abandoned) {
			return;
		}
		try {
			step.run();
		}
		catch (Throwable ex) {
			this.failed = true;
			// nothing is delivered any more, and when this is done the result may be told
			release();
			if (this.reader != null) {
				this.reader.owner().outputFailed(ex);
			}
			// the rest is thrown away, since the process may have to write it before it
			// ends
			this.done = true;
			tellReader();
		}
	}

	private void release() {
		this.delivery.release();
	}

	private void tellReader() {
		if (this.reader != null) {
			this.reader.sinkChanged();
		}
	}

	@Override
	public void abandon() {
		this.abandoned = true;
		this.done = true;
		if (this.reader == null) {
			release();
			return;
		}
		// what is under way is not disturbed: it may use what would be released
		this.tasks.execute(this::release);
	}

	@Override
	public boolean wantsMore() {
		return true;
	}

	@Override
	public boolean isDone() {
		return this.done;
	}

	/**
	 * A call that may fail.
	 */
	@FunctionalInterface
	interface Step {

		void run() throws Exception;

	}

}
