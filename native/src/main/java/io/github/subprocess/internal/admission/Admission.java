// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import io.github.subprocess.ProcessInterruptedException;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.RejectionReason;
import io.github.subprocess.policy.ConcurrencyPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Lets launches in while there are places, those of their policy and those of the
 * launcher, and has the others wait in the order in which they came.
 * <p>
 * Who waits holds nothing: all places that a launch or a group of launches needs are
 * taken at once or not at all, so that no two can wait for each other. Nobody is passed
 * by who waits for the same: what the first one lacks is set aside for it. Only the
 * launcher's places, while it lacks one of its policy, are for others to take.
 */
public final class Admission {

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, Gate> gates = new HashMap<>();

	private final @Nullable Gate launcher;

	private final Set<Waiter> waiters = new LinkedHashSet<>();

	private boolean stopped;

	/**
	 * Create an admission.
	 * @param ofLauncher the limit of all processes together
	 * @param ofPolicies the limits of the processes of each policy
	 */
	public Admission(ConcurrencyPolicy ofLauncher, Map<String, ConcurrencyPolicy> ofPolicies) {
		this.launcher = isLimited(ofLauncher) ? new Gate("the launcher", ofLauncher) : null;
		ofPolicies.forEach((name, policy) -> {
			if (isLimited(policy)) {
				this.gates.put(name, new Gate("policy '" + name + "'", policy));
			}
		});
	}

	private static boolean isLimited(ConcurrencyPolicy policy) {
		return policy.limit() != null && policy.limit() > 0;
	}

	/**
	 * Return the limit of a policy.
	 * @param policy its name
	 * @return how many may live at once; 0: there is no limit
	 */
	public int limit(String policy) {
		Gate gate = this.gates.get(policy);
		return (gate != null) ? gate.limit() : 0;
	}

	/**
	 * Return how many launches of a policy wait, be it for a place of the launcher.
	 * @param policy its name
	 * @return the number of launches
	 */
	public int waiting(String policy) {
		this.lock.lock();
		try {
			return (int) this.waiters.stream()
				.flatMap((waiter) -> waiter.policies().stream())
				.filter(policy::equals)
				.count();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return for how long no place has come free though a launch wants, or wanted, one.
	 * @param policy the name of its policy
	 * @return how long, be it a place of the launcher; zero: that is not so
	 */
	public Duration blocked(String policy) {
		this.lock.lock();
		try {
			return Duration.ofNanos(gates(policy).stream().mapToLong(Gate::blockedNanos).max().orElse(0));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Go in, and wait for it if need be.
	 * @param policies the policies of those who go in together
	 * @return their places, in the same order
	 * @throws IllegalArgumentException if they are more than can ever go in
	 * @throws ProcessRejectedException if there is no place and no use in waiting any
	 * more
	 * @throws ProcessInterruptedException if this thread was interrupted while it waited
	 */
	public List<Place> enter(List<String> policies) {
		if (this.launcher != null || !this.gates.isEmpty()) {
			this.lock.lock();
			try {
				Waiter waiter = new Waiter(policies, this.gates, this.launcher, this.lock.newCondition());
				checkWidth(waiter);
				enter(waiter);
			}
			finally {
				this.lock.unlock();
			}
		}
		List<Place> places = new ArrayList<>(policies.size());
		for (String policy : policies) {
			places.add(new Place(this, gates(policy)));
		}
		return places;
	}

	private static void checkWidth(Waiter waiter) {
		Gate narrow = waiter.tooNarrow();
		if (narrow != null) {
			throw new IllegalArgumentException(
					"The stages of a pipeline live at once, and these are more than the limit of %s, which is %d"
						.formatted(narrow.owner(), narrow.limit()));
		}
	}

	private void enter(Waiter waiter) {
		if (this.stopped) {
			throw new ProcessRejectedException("The process launcher has been stopped");
		}
		this.waiters.add(waiter);
		try {
			letIn();
			Gate gate = waiter.blockedAt();
			if (gate != null && gate.isQueueOverfull()) {
				throw rejected(waiter, RejectionReason.QUEUE_FULL);
			}
			await(waiter);
		}
		finally {
			if (this.waiters.remove(waiter)) {
				// those behind it may be next
				letIn();
			}
		}
	}

	private static void await(Waiter waiter) {
		try {
			waiter.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			if (waiter.state() == Waiter.State.WAITING) {
				throw new ProcessInterruptedException(waiter.policies().get(0), ex);
			}
		}
		if (waiter.state() != Waiter.State.ADMITTED) {
			throw rejected(waiter,
					(waiter.state() == Waiter.State.DISMISSED) ? RejectionReason.STOPPED : RejectionReason.MAX_WAIT);
		}
	}

	private static ProcessRejectedException rejected(Waiter waiter, RejectionReason reason) {
		Gate gate = waiter.blockedAt();
		if (gate == null) {
			return new ProcessRejectedException("The process launcher has been stopped");
		}
		String why = switch (reason) {
			case QUEUE_FULL -> "its queue of " + gate.queue() + " is full";
			case MAX_WAIT -> "no place came free within " + gate.maxWait();
			case STOPPED -> "the launcher was stopped while the launch waited for a place";
		};
		return new ProcessRejectedException("Not launched under policy '%s': the limit of %s is %d, and %s"
			.formatted(waiter.policies().get(0), gate.owner(), gate.limit(), why), reason);
	}

	private void letIn() {
		this.gates.values().forEach(Gate::reopen);
		if (this.launcher != null) {
			this.launcher.reopen();
		}
		this.waiters.removeIf(Waiter::tryToEnter);
	}

	private List<Gate> gates(String policy) {
		Gate gate = this.gates.get(policy);
		if (gate == null) {
			return (this.launcher != null) ? List.of(this.launcher) : List.of();
		}
		return (this.launcher != null) ? List.of(gate, this.launcher) : List.of(gate);
	}

	void giveBack(List<Gate> gates) {
		this.lock.lock();
		try {
			gates.forEach(Gate::giveBack);
			letIn();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Reject all who wait, and all who come, until {@link #resume()}.
	 */
	public void stop() {
		this.lock.lock();
		try {
			this.stopped = true;
			this.waiters.forEach((waiter) -> waiter.become(Waiter.State.DISMISSED));
			this.waiters.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Let launches in again.
	 */
	public void resume() {
		this.lock.lock();
		try {
			this.stopped = false;
		}
		finally {
			this.lock.unlock();
		}
	}

}
