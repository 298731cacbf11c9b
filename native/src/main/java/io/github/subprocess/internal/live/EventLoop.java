// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

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

	/**
	 * Nobody knows when the next turn ends its wait.
	 */
	private static final long UNKNOWN = Long.MIN_VALUE;

	/**
	 * How long what cannot be watched is left alone.
	 */
	private static final int MILLIS_BETWEEN_LOOKS = 20;

	/**
	 * After how many turns in a row that could not wait there is little hope.
	 */
	private static final int BLIND_TURNS = 50;

	private final ReadinessPoll poll;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean wakeUpPending = new AtomicBoolean();

	private final Map<Long, Watch> watches = new ConcurrentHashMap<>();

	private final AtomicLong nextToken = new AtomicLong(1);

	private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::due));

	private @Nullable ByteBuffer transferBuffer;

	/**
	 * Whether tasks are about to be run, so that one more needs no wake-up.
	 */
	private volatile boolean awake;

	/**
	 * When the wait ends by itself, or {@link #UNKNOWN}.
	 */
	private volatile long waitsUntil = UNKNOWN;

	/**
	 * How much has been done, for a turn to tell whether it did anything.
	 */
	private long done;

	private volatile int blindTurns;

	EventLoop(ReadinessPoll poll) {
		this.poll = poll;
	}

	/**
	 * Run a task in a turn of this loop, soon. May be called by any thread.
	 * @param task what to run: short, and it does not block
	 */
	void execute(Runnable task) {
		this.tasks.add(task);
		if (!isTurning() && !this.awake && this.wakeUpPending.compareAndSet(false, true)) {
			wakeUp();
		}
	}

	/**
	 * Run a task in a turn of this loop, before a moment that may be far away: to wake
	 * the loop up for it costs two changes of threads. May be called by any thread.
	 * @param task what to run: short, and it does not block
	 * @param latestNanos the moment, on the monotonic clock
	 */
	final void executeBefore(long latestNanos, Runnable task) {
		this.tasks.add(task);
		if (isTurning() || this.awake) {
			return;
		}
		long until = this.waitsUntil;
		if ((until == UNKNOWN || latestNanos - until < 0) && this.wakeUpPending.compareAndSet(false, true)) {
			wakeUp();
		}
	}

	/**
	 * Something is watched that this loop has not been told of by a task.
	 */
	void ensureTurning() {
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
		Timer timer = new Timer(System.nanoTime() + toNanos(delay), action);
		this.timers.add(timer);
		return timer;
	}

	/**
	 * Return a delay as it can be added to a moment on the monotonic clock.
	 */
	static long toNanos(Duration delay) {
		try {
			return Math.min(delay.toNanos(), Long.MAX_VALUE / 2);
		}
		catch (ArithmeticException ex) {
			return Long.MAX_VALUE / 2;
		}
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
		Watch watch = new Watch(descriptor, this.nextToken.getAndIncrement(), interest, handler, false);
		watch.add();
		return watch;
	}

	/**
	 * Watch a descriptor as well as can be: {@link #prepare} and begin at once.
	 */
	final Watch watchOrLook(int descriptor, Interest interest, Runnable handler) {
		Watch watch = prepare(descriptor, interest, handler);
		watch.begin();
		return watch;
	}

	/**
	 * Make a watch that has not begun. From when it has, the handler is run on this loop
	 * and sees whatever has been written before; where the kernel refuses to watch it is
	 * run now and then instead. May be called by any thread.
	 * @param descriptor what to watch
	 * @param interest what for
	 * @param handler what to run, once for each time that it is armed or more often. It
	 * does not mind when there is nothing to do
	 * @return the watch
	 */
	final Watch prepare(int descriptor, Interest interest, Runnable handler) {
		return new Watch(descriptor, this.nextToken.getAndIncrement(), interest, handler, true);
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
	 * @return whether there was anything to do
	 */
	final boolean turn(int longestWaitMillis) {
		int wait = shorter(millisToNextTimer(), longestWaitMillis);
		long before = this.done;
		if (wait >= 0) {
			this.waitsUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
		}
		// looked at after the moment has been told: who adds a task later knows it
		await(this.tasks.isEmpty() ? wait : 0);
		this.waitsUntil = UNKNOWN;
		this.awake = true;
		runTasks();
		runTimers();
		this.awake = false;
		if (!this.tasks.isEmpty()) {
			wakeUp();
		}
		return this.done != before;
	}

	private static int shorter(int wait, int other) {
		if (wait < 0 || other < 0) {
			return Math.max(wait, other);
		}
		return Math.min(wait, other);
	}

	private void await(int wait) {
		try {
			this.poll.await(wait, this::handle);
			this.blindTurns = 0;
		}
		catch (SystemCallFailure ex) {
			turnBlindly(wait, ex);
		}
	}

	/**
	 * What the kernel does not tell has to be looked for: slower, but nothing is lost,
	 * and nobody waits in vain.
	 */
	private void turnBlindly(int wait, SystemCallFailure failure) {
		int before = this.blindTurns;
		this.blindTurns = before + 1;
		if (before == 0) {
			logger.log(System.Logger.Level.ERROR, "Cannot wait for processes, and looks at them every "
					+ MILLIS_BETWEEN_LOOKS + " ms until that is possible again: " + failure.getMessage());
		}
		if (wait != 0) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS
				.toNanos((wait > 0) ? Math.min(wait, MILLIS_BETWEEN_LOOKS) : MILLIS_BETWEEN_LOOKS));
		}
		List.copyOf(this.watches.values()).stream().filter((watch) -> watch.looks).forEach(Watch::tell);
	}

	/**
	 * Return whether this loop has not been able to wait for some time.
	 */
	final boolean isBlind() {
		return this.blindTurns >= BLIND_TURNS;
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
		Watch watch = this.watches.get(token);
		// none: the descriptor was forgotten after the kernel had told
		if (watch != null) {
			watch.tell();
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

	private void runSafely(Runnable action) {
		this.done++;
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

		private final Runnable handler;

		private final boolean looks;

		private final AtomicBoolean lookPending = new AtomicBoolean();

		private boolean added;

		private volatile boolean complained;

		private Interest interest;

		private Watch(int descriptor, long token, Interest interest, Runnable handler, boolean looks) {
			this.descriptor = descriptor;
			this.token = token;
			this.interest = interest;
			this.handler = handler;
			this.looks = looks;
		}

		/**
		 * Begin to watch, or to look where the kernel refuses.
		 */
		void begin() {
			EventLoop.this.watches.put(this.token, this);
			rearmOrLook();
		}

		private void add() throws SystemCallFailure {
			EventLoop.this.watches.put(this.token, this);
			try {
				EventLoop.this.poll.add(this.descriptor, this.token, this.interest);
			}
			catch (SystemCallFailure ex) {
				EventLoop.this.watches.remove(this.token);
				throw ex;
			}
		}

		/**
		 * Let the handler be run once more when the descriptor is ready, or be run soon
		 * where the kernel refuses.
		 */
		void rearmOrLook() {
			try {
				addOrRearm();
			}
			catch (SystemCallFailure ex) {
				complain(ex);
				if (this.lookPending.compareAndSet(false, true)) {
					execute(() -> schedule(Duration.ofMillis(MILLIS_BETWEEN_LOOKS), this::look));
				}
			}
		}

		/**
		 * The handler may be run, and come here, before the thread that has added the
		 * descriptor goes on.
		 */
		private synchronized void addOrRearm() throws SystemCallFailure {
			if (this.added) {
				EventLoop.this.poll.rearm(this.descriptor, this.token, this.interest);
			}
			else {
				EventLoop.this.poll.add(this.descriptor, this.token, this.interest);
				this.added = true;
			}
		}

		private void complain(SystemCallFailure failure) {
			if (!this.complained) {
				this.complained = true;
				logger.log(System.Logger.Level.WARNING, "A descriptor cannot be watched, and is looked at every "
						+ MILLIS_BETWEEN_LOOKS + " ms instead: " + failure.getMessage());
			}
		}

		private void look() {
			this.lookPending.set(false);
			if (EventLoop.this.watches.containsKey(this.token)) {
				this.handler.run();
			}
		}

		private void tell() {
			runSafely(this.handler);
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
			EventLoop.this.watches.remove(this.token);
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
