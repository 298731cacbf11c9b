// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.admission;

import java.time.Duration;

import io.github.subprocess.policy.ConcurrencyPolicy;

/**
 * The places of one policy, or of the launcher. Guarded by the lock of {@link Admission}.
 */
final class Gate {

	private final String owner;

	private final int limit;

	private final int queue;

	private final Duration maxWait;

	private int taken;

	private int left;

	private int waiting;

	private boolean blocked;

	private long blockedSince;

	Gate(String owner, ConcurrencyPolicy policy) {
		this.owner = owner;
		this.limit = (policy.limit() != null) ? policy.limit() : 0;
		this.queue = (policy.queue() != null) ? policy.queue() : 0;
		this.maxWait = (policy.maxWait() != null) ? policy.maxWait() : Duration.ZERO;
	}

	String owner() {
		return this.owner;
	}

	int limit() {
		return this.limit;
	}

	int queue() {
		return this.queue;
	}

	Duration maxWait() {
		return this.maxWait;
	}

	long maxWaitNanos() {
		try {
			return this.maxWait.toNanos();
		}
		catch (ArithmeticException ex) {
			// longer than anybody waits
			return Long.MAX_VALUE;
		}
	}

	/**
	 * Begin to look who may go in: nobody has asked yet.
	 */
	void reopen() {
		this.left = this.limit - this.taken;
		this.waiting = 0;
	}

	/**
	 * Set places aside for one who is before others. If there are too few, none is left
	 * for those others.
	 * @param places how many
	 * @return whether there are as many
	 */
	boolean setAside(int places) {
		boolean enough = this.left >= places;
		this.left = enough ? this.left - places : 0;
		return enough;
	}

	void take(int places) {
		this.taken += places;
	}

	void giveBack() {
		this.taken--;
		this.blocked = false;
	}

	void waits() {
		this.waiting++;
		if (!this.blocked) {
			this.blocked = true;
			this.blockedSince = System.nanoTime();
		}
	}

	/**
	 * Return how long ago somebody found no place here for the first time since one last
	 * came free.
	 * @return nanoseconds; 0: nobody has
	 */
	long blockedNanos() {
		return this.blocked ? System.nanoTime() - this.blockedSince : 0;
	}

	boolean isQueueOverfull() {
		return this.waiting > this.queue;
	}

}
