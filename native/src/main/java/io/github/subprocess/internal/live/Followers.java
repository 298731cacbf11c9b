// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.subprocess.ProcessLostException;
import io.github.subprocess.event.LaunchFollower;
import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessStarted;
import io.github.subprocess.policy.EnvironmentPolicy;

/**
 * Those who go with one launch, each protected from what the others throw.
 */
public final class Followers {

	/**
	 * Nobody goes along.
	 */
	public static final Followers NONE = new Followers(List.of());

	private static final System.Logger logger = System.getLogger(Followers.class.getName());

	private final List<LaunchFollower> followers;

	private Followers(List<LaunchFollower> followers) {
		this.followers = List.copyOf(followers);
	}

	public static Followers of(List<LaunchFollower> followers) {
		return followers.isEmpty() ? NONE : new Followers(followers);
	}

	public boolean isEmpty() {
		return this.followers.isEmpty();
	}

	/**
	 * Return the variables that they give.
	 * @return names and values, all of which can be handed to a process
	 */
	public Map<String, String> variables() {
		Map<String, String> all = new LinkedHashMap<>();
		tell((follower) -> {
			Map<String, String> given = Map.copyOf(follower.variables());
			// refuses what no process can be given
			new EnvironmentPolicy(null, given);
			given.forEach(all::putIfAbsent);
		});
		return all;
	}

	public void started(ProcessStarted event) {
		tell((follower) -> follower.onStarted(event));
	}

	public void notStarted(Throwable failure) {
		tell((follower) -> follower.onNotStarted(failure));
	}

	public void ended(ProcessEnded event) {
		tell((follower) -> follower.onEnded(event));
	}

	public void lost(ProcessLostException failure) {
		tell((follower) -> follower.onLost(failure));
	}

	/**
	 * Run a task in the scopes of all.
	 * @param task what to run
	 */
	public void run(Runnable task) {
		run(0, task);
	}

	private void run(int next, Runnable task) {
		if (next == this.followers.size()) {
			task.run();
			return;
		}
		LaunchFollower follower = this.followers.get(next);
		LaunchFollower.Scope scope = LaunchFollower.Scope.NONE;
		try {
			scope = follower.openScope();
		}
		catch (RuntimeException ex) {
			report(follower, ex);
		}
		try {
			run(next + 1, task);
		}
		finally {
			try {
				scope.close();
			}
			catch (RuntimeException ex) {
				report(follower, ex);
			}
		}
	}

	private void tell(Consumer<LaunchFollower> fact) {
		for (LaunchFollower follower : this.followers) {
			try {
				fact.accept(follower);
			}
			catch (RuntimeException ex) {
				report(follower, ex);
			}
		}
	}

	private static void report(LaunchFollower follower, RuntimeException ex) {
		logger.log(System.Logger.Level.WARNING, "A launch follower failed: " + follower.getClass().getName(), ex);
	}

}
