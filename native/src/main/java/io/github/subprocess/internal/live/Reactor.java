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

/**
 * The one thread that watches all children: their ends, their streams and their
 * deadlines. Everything that it runs is ours, short and does not block; application code
 * never runs here. The thread is a daemon and starts with the first task.
 */
public final class Reactor implements AutoCloseable {

	private static final System.Logger logger = System.getLogger(Reactor.class.getName());

	private static final int TRANSFER_BUFFER_SIZE = 64 * 1024;

	private static final long CLOSE_WAIT_MILLIS = 5_000;

	private final ReadinessPoll poll;

	private final Thread thread;

	private final AtomicBoolean threadStarted = new AtomicBoolean();

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean wakeUpPending = new AtomicBoolean();

	private final Map<Long, Runnable> handlers = new ConcurrentHashMap<>();

	private final AtomicLong nextToken = new AtomicLong(1);

	private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::due));

	private final ByteBuffer transferBuffer = ByteBuffer.allocateDirect(TRANSFER_BUFFER_SIZE);

	private volatile boolean closed;

	private volatile boolean ended;

	/**
	 * Create a reactor, which takes over the poll.
	 * @param poll tells which descriptors are ready
	 */
	public Reactor(ReadinessPoll poll) {
		this.poll = poll;
		this.thread = new Thread(this::run, "subprocess-reactor");
		this.thread.setDaemon(true);
	}

	/**
	 * Run a task on the reactor's thread, soon. May be called by any thread.
	 * @param task what to run: short, and it does not block
	 */
	void execute(Runnable task) {
		this.tasks.add(task);
		if (this.threadStarted.compareAndSet(false, true)) {
			this.thread.start();
		}
		if (Thread.currentThread() != this.thread && this.wakeUpPending.compareAndSet(false, true)) {
			this.poll.wakeUp();
		}
	}

	/**
	 * Run an action later. To be called on the reactor's thread.
	 * @param delay when
	 * @param action what to run: short, and it does not block
	 * @return the timer, to cancel it
	 */
	Timer schedule(Duration delay, Runnable action) {
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
	Watch watch(int descriptor, Interest interest, Runnable handler) throws SystemCallFailure {
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
	 * Return the buffer for transfers, which belongs to whatever the reactor runs at the
	 * moment.
	 * @return a direct buffer, empty and ready to be filled
	 */
	ByteBuffer transferBuffer() {
		return this.transferBuffer.clear();
	}

	private void run() {
		try {
			while (!this.closed) {
				this.poll.await(millisToNextTimer(), this::handle);
				runTasks();
				runTimers();
			}
		}
		catch (SystemCallFailure ex) {
			logger.log(System.Logger.Level.ERROR, "The reactor can no longer wait: no process is watched any more", ex);
		}
		finally {
			this.ended = true;
			this.poll.close();
		}
	}

	/**
	 * Return whether nothing is watched any more, because this was closed or can no
	 * longer wait.
	 * @return whether there is no use in launching
	 */
	public boolean hasEnded() {
		return this.ended;
	}

	private int millisToNextTimer() {
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

	@SuppressWarnings("CatchAndPrintStackTrace")
	private static void runSafely(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException | Error ex) {
			// one child's trouble must not end the watch over all others
			logger.log(System.Logger.Level.ERROR, "A task of the reactor failed", ex);
		}
	}

	/**
	 * End the reactor's thread and release its descriptors.
	 */
	@Override
	public void close() {
		this.closed = true;
		if (!this.threadStarted.compareAndSet(false, true)) {
			this.poll.wakeUp();
			joinThread();
		}
		else {
			this.poll.close();
		}
	}

	private void joinThread() {
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
	 * A descriptor that is watched.
	 */
	final class Watch {

		private final int descriptor;

		private final long token;

		private final Interest interest;

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
			Reactor.this.poll.rearm(this.descriptor, this.token, this.interest);
		}

		/**
		 * Stop to watch. To be called before the descriptor is closed.
		 */
		void forget() {
			Reactor.this.handlers.remove(this.token);
			Reactor.this.poll.remove(this.descriptor);
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
