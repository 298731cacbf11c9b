// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.admission;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;

import org.jspecify.annotations.Nullable;

/**
 * One who wants to go in, alone or as a group that goes in as a whole. Guarded by the
 * lock of {@link Admission}.
 */
final class Waiter {

	private final List<String> policies;

	private final Map<Gate, Integer> ofPolicies = new LinkedHashMap<>();

	private final @Nullable Gate launcher;

	private final Condition changed;

	private State state = State.WAITING;

	private @Nullable Gate blockedAt;

	private long blockedSince;

	Waiter(List<String> policies, Map<String, Gate> gates, @Nullable Gate launcher, Condition changed) {
		this.policies = policies;
		this.launcher = launcher;
		this.changed = changed;
		for (String policy : policies) {
			Gate gate = gates.get(policy);
			if (gate != null) {
				this.ofPolicies.merge(gate, 1, Integer::sum);
			}
		}
	}

	List<String> policies() {
		return this.policies;
	}

	/**
	 * Return a gate that can never let this one in.
	 * @return a gate with fewer places than are needed, or {@code null}
	 */
	@Nullable Gate tooNarrow() {
		for (Map.Entry<Gate, Integer> need : this.ofPolicies.entrySet()) {
			if (need.getKey().limit() < need.getValue()) {
				return need.getKey();
			}
		}
		return (this.launcher != null && this.launcher.limit() < this.policies.size()) ? this.launcher : null;
	}

	/**
	 * Go in if there are places at all gates. Who lacks one at the gate of a policy
	 * leaves those of the launcher to others, and keeps those of other policies.
	 * @return whether it went in
	 */
	boolean tryToEnter() {
		Gate blocked = null;
		for (Map.Entry<Gate, Integer> need : this.ofPolicies.entrySet()) {
			if (!need.getKey().setAside(need.getValue()) && blocked == null) {
				blocked = need.getKey();
			}
		}
		if (blocked == null && this.launcher != null && !this.launcher.setAside(this.policies.size())) {
			blocked = this.launcher;
		}
		if (blocked != null) {
			waitAt(blocked);
			return false;
		}
		this.ofPolicies.forEach(Gate::take);
		if (this.launcher != null) {
			this.launcher.take(this.policies.size());
		}
		become(State.ADMITTED);
		return true;
	}

	private void waitAt(Gate gate) {
		gate.waits();
		if (this.blockedAt != gate) {
			this.blockedAt = gate;
			this.blockedSince = System.nanoTime();
			this.changed.signal();
		}
	}

	void become(State state) {
		this.state = state;
		this.changed.signal();
	}

	State state() {
		return this.state;
	}

	@Nullable Gate blockedAt() {
		return this.blockedAt;
	}

	/**
	 * Wait until it is in or has been dismissed, or until its time at a gate is over.
	 * @throws InterruptedException if this thread is interrupted
	 */
	void await() throws InterruptedException {
		while (this.state == State.WAITING) {
			long left = nanosLeft();
			if (left <= 0) {
				return;
			}
			this.changed.awaitNanos(left);
		}
	}

	private long nanosLeft() {
		if (this.blockedAt == null || this.blockedAt.maxWait().isZero()) {
			return Long.MAX_VALUE;
		}
		return this.blockedAt.maxWaitNanos() - (System.nanoTime() - this.blockedSince);
	}

	/**
	 * What has become of it.
	 */
	enum State {

		WAITING, ADMITTED, DISMISSED

	}

}
