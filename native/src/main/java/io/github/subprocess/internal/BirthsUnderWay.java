// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The threads that are between the last look whether they may launch and the moment from
 * which their process is known, or known not to be: whoever stops waits for them, lest a
 * process be forgotten. No code of the application runs there.
 */
final class BirthsUnderWay {

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	private final Object change = new Object();

	private volatile boolean awaited;

	/**
	 * The calling thread bears a process, unless the next look says that it may not.
	 */
	void begin() {
		this.threads.add(Thread.currentThread());
	}

	/**
	 * The calling thread bears none any more. May be called again.
	 */
	void end() {
		if (this.threads.remove(Thread.currentThread()) && this.awaited) {
			synchronized (this.change) {
				this.change.notifyAll();
			}
		}
	}

	boolean areAny() {
		return !this.threads.isEmpty();
	}

	/**
	 * Wait until there are none, or until this thread is interrupted, which it stays.
	 * @param longest how long to wait
	 */
	void awaitNone(Duration longest) {
		this.awaited = true;
		long deadline = System.nanoTime() + longest.toNanos();
		synchronized (this.change) {
			try {
				long left = longest.toNanos();
				while (areAny() && left > 0) {
					TimeUnit.NANOSECONDS.timedWait(this.change, left);
					left = deadline - System.nanoTime();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
