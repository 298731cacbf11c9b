// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.github.subprocess.spi.ReadinessPoll;
import io.github.subprocess.spi.ReadinessPoll.Interest;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * Watches descriptors and deadlines, and runs what is to be done about them: one thing
 * after the other, each short, none of them blocking and none of them code of the
 * application. Whose thread does that is decided by those who extend it.
 */
public abstract class EventLoop {

	private static final System.Logger logger = System.getLogger(EventLoop.class.getName());

	private final ReadinessPoll poll;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean wakeUpPending = new AtomicBoolean();

	private final Map<Long, Runnable> handlers = new ConcurrentHashMap<>();

	private final AtomicLong nextToken = new AtomicLong(1);

	private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::due));

	private @Nullable ByteBuffer transferBuffer;

	EventLoop(ReadinessPoll poll) {
		this.poll = poll;
	}

	/**
	 * Run a task in a turn of this loop, soon. May be called by any thread.
	 * @param task what to run: short, and it does not block
	 */
	void execute(Runnable task) {
		this.tasks.add(task);
		if (!isTurning() && this.wakeUpPending.compareAndSet(false, true)) {
			wakeUp();
		}
	}

	/**
	 * Return whether the calling thread is the one that turns this loop.
	 */
	abstract boolean isTurning();

	final void wakeUp() {
		this.poll.wakeUp();
	}

	/**
	 * Run an action later. To be called in a turn.
	 * @param delay when
	 * @param action what to run: short, and it does not block
	 * @return the timer, to cancel it
	 */
	final Timer schedule(Duration delay, Runnable action) {
		long nanos;
		try {
			nanos = delay.toNanos();
		}
		catch (ArithmeticException ex) {
			nanos = Long.MAX_VALUE / 2;
		}
		Timer timer = new Timer(System.nanoTime() + Math.min(nanos, Long.MAX_VALUE / 2), action);
		this.timers.add(timer);
		return timer;
	}

	/**
	 * Watch a descriptor. May be called by any thread.
	 * @param descriptor what to watch
	 * @param interest what for
	 * @param handler what to run, once for each time that it is armed
	 * @return the watch
	 * @throws SystemCallFailure if the kernel refuses
	 */
	final Watch watch(int descriptor, Interest interest, Runnable handler) throws SystemCallFailure {
		long token = this.nextToken.getAndIncrement();
		this.handlers.put(token, handler);
		try {
			this.poll.add(descriptor, token, interest);
		}
		catch (SystemCallFailure ex) {
			this.handlers.remove(token);
			throw ex;
		}
		return new Watch(descriptor, token, interest);
	}

	/**
	 * Return the buffer for transfers, which belongs to whatever runs at the moment.
	 * @return a direct buffer, empty and ready to be filled
	 */
	final ByteBuffer transferBuffer() {
		if (this.transferBuffer == null) {
			this.transferBuffer = TransferBuffers.take();
		}
		return this.transferBuffer.clear();
	}

	/**
	 * Wait for something to do, and do it.
	 * @param longestWaitMillis how long to wait; negative: as long as it takes
	 * @throws SystemCallFailure if nothing can be waited for
	 */
	final void turn(int longestWaitMillis) throws SystemCallFailure {
		int wait = millisToNextTimer();
		if (longestWaitMillis >= 0 && (wait < 0 || wait > longestWaitMillis)) {
			wait = longestWaitMillis;
		}
		this.poll.await(wait, this::handle);
		runTasks();
		runTimers();
	}

	/**
	 * Return when the next timer is due.
	 * @return the time until then, 0 when there is something to do now, negative when
	 * there is no timer
	 */
	final int millisToNextTimer() {
		if (!this.tasks.isEmpty()) {
			return 0;
		}
		Timer next = this.timers.peek();
		while (next != null && next.cancelled) {
			this.timers.poll();
			next = this.timers.peek();
		}
		if (next == null) {
			return -1;
		}
		long nanos = next.due - System.nanoTime();
		if (nanos <= 0) {
			return 0;
		}
		return (int) Math.min(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, Integer.MAX_VALUE);
	}

	private void handle(long token) {
		Runnable handler = this.handlers.get(token);
		// none: the descriptor was forgotten after the kernel had told
		if (handler != null) {
			runSafely(handler);
		}
	}

	private void runTasks() {
		this.wakeUpPending.set(false);
		Runnable task = this.tasks.poll();
		while (task != null) {
			runSafely(task);
			task = this.tasks.poll();
		}
	}

	private void runTimers() {
		Timer timer = this.timers.peek();
		while (timer != null && (timer.cancelled || timer.due - System.nanoTime() <= 0)) {
			this.timers.poll();
			if (!timer.cancelled) {
				runSafely(timer.action);
			}
			timer = this.timers.peek();
		}
	}

	private static void runSafely(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException | Error ex) {
			// one child's trouble must not end the watch over all others
			logger.log(System.Logger.Level.ERROR, "A task of the event loop failed", ex);
		}
	}

	/**
	 * Release what this loop holds. Nobody may turn it, nor use it, from then on.
	 */
	final void release() {
		if (this.transferBuffer != null) {
			TransferBuffers.giveBack(this.transferBuffer);
			this.transferBuffer = null;
		}
		this.poll.close();
	}

	/**
	 * A descriptor that is watched.
	 */
	final class Watch {

		private final int descriptor;

		private final long token;

		private Interest interest;

		private Watch(int descriptor, long token, Interest interest) {
			this.descriptor = descriptor;
			this.token = token;
			this.interest = interest;
		}

		/**
		 * Let the handler be run once more when the descriptor is ready.
		 * @throws SystemCallFailure if the kernel refuses
		 */
		void rearm() throws SystemCallFailure {
			EventLoop.this.poll.rearm(this.descriptor, this.token, this.interest);
		}

		/**
		 * Let the handler be run when something else is the case.
		 * @param interest what to watch for from now on
		 * @throws SystemCallFailure if the kernel refuses
		 */
		void rearm(Interest interest) throws SystemCallFailure {
			this.interest = interest;
			rearm();
		}

		/**
		 * Stop to watch. To be called before the descriptor is closed.
		 */
		void forget() {
			EventLoop.this.handlers.remove(this.token);
			EventLoop.this.poll.remove(this.descriptor);
		}

	}

	/**
	 * An action for later.
	 */
	static final class Timer {

		private final long due;

		private final Runnable action;

		private volatile boolean cancelled;

		private Timer(long due, Runnable action) {
			this.due = due;
			this.action = action;
		}

		private long due() {
			return this.due;
		}

		void cancel() {
			this.cancelled = true;
		}

	}

}
