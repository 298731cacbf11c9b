// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Runs tasks of the application on an executor, one after the other, each seeing what
 * those before it did. How many wait is bounded by those who add them. After some the
 * executor is asked anew, so that a process that says much does not keep a thread that
 * others wait for.
 */
final class SerialTasks {

	private static final System.Logger logger = System.getLogger(SerialTasks.class.getName());

	private static final int TASKS_PER_TURN = 64;

	private final Executor executor;

	private final ReentrantLock lock = new ReentrantLock();

	private final Queue<Runnable> waiting = new ArrayDeque<>();

	private boolean running;

	SerialTasks(Executor executor) {
		this.executor = executor;
	}

	/**
	 * Run a task after those that wait. May be called by any thread, and by a task.
	 * @param task may block, and then holds up those after it
	 */
	void execute(Runnable task) {
		this.lock.lock();
		try {
			this.waiting.add(task);
			if (this.running) {
				return;
			}
			this.running = true;
		}
		finally {
			this.lock.unlock();
		}
		this.executor.execute(this::runSome);
	}

	private void runSome() {
		for (int i = 0; i < TASKS_PER_TURN; i++) {
			Runnable task = next();
			if (task == null) {
				return;
			}
			try {
				task.run();
			}
			catch (Throwable ex) {
				// each catches what application code throws: this is a defect of ours
				logger.log(System.Logger.Level.ERROR, "A task on a stream of a process failed", ex);
			}
		}
		this.executor.execute(this::runSome);
	}

	private @Nullable Runnable next() {
		this.lock.lock();
		try {
			Runnable task = this.waiting.poll();
			this.running = task != null;
			return task;
		}
		finally {
			this.lock.unlock();
		}
	}

}
