// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.Spawner;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * Has the group of each child guarded from its birth until it is reaped. A child that
 * shares the group of the JVM has none that could be.
 */
final class GuardedSpawner implements Spawner {

	private final OperatingSystem system;

	private final Guardian guardian;

	/**
	 * The groups by the pidfds of their leaders.
	 */
	private final Map<Integer, Integer> groups = new ConcurrentHashMap<>();

	GuardedSpawner(OperatingSystem system, Guardian guardian) {
		this.system = system;
		this.guardian = guardian;
	}

	/**
	 * {@inheritDoc}
	 * @throws GuardianFailure if nobody can guard the child: nothing of it is left
	 */
	@Override
	public SpawnedChild spawn(SpawnPlan plan) throws SpawnFailure {
		if (plan.session() == SessionMode.INHERIT || plan.processGroup() != 0) {
			return this.system.spawner().spawn(plan);
		}
		this.guardian.begin();
		SpawnedChild child = this.system.spawner().spawn(plan);
		try {
			this.guardian.watch(child.pid());
		}
		catch (RuntimeException | Error ex) {
			AbandonedChild.end(this.system, child, true);
			throw ex;
		}
		this.groups.put(child.pidfd(), child.pid());
		return child;
	}

	@Override
	public @Nullable ExitRecord poll(int pidfd, boolean reap) throws SystemCallFailure {
		try {
			ExitRecord exit = this.system.spawner().poll(pidfd, false);
			if (exit == null || !reap) {
				return exit;
			}
		}
		catch (SystemCallFailure ex) {
			forget(pidfd);
			throw ex;
		}
		forget(pidfd);
		return this.system.spawner().poll(pidfd, true);
	}

	private void forget(int pidfd) {
		Integer group = this.groups.remove(pidfd);
		if (group != null) {
			this.guardian.forget(group);
		}
	}

	@Override
	public void signal(int pidfd, int signal) throws SystemCallFailure {
		this.system.spawner().signal(pidfd, signal);
	}

	@Override
	public void signalGroup(int group, int signal) throws SystemCallFailure {
		this.system.spawner().signalGroup(group, signal);
	}

	@Override
	public int countGroupMembers(int group) throws SystemCallFailure {
		return this.system.spawner().countGroupMembers(group);
	}

	@Override
	public Duration groupCpuTime(int group) throws SystemCallFailure {
		return this.system.spawner().groupCpuTime(group);
	}

}
