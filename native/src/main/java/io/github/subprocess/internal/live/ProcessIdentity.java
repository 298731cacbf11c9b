// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.subprocess.internal.cgroup.ChildCgroup;
import io.github.subprocess.internal.tree.TreeToken;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.Spawner;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * What does not change about a process from its birth on.
 *
 * @param id the id that the launcher gave it
 * @param policyName the name of its policy
 * @param policy its policy, merged
 * @param arguments its arguments, the program's name not among them
 * @param child what the spawner brought into the world
 * @param token what its descendants are recognised by, {@code null}: nothing
 * @param cgroup the cgroup that its policy has put it in, {@code null}: it is where the
 * JVM is
 * @param followers who goes along with it
 * @param started when
 * @param startedNanos the same on the monotonic clock
 * @param spawnDuration how long that took
 */
public record ProcessIdentity(String id, String policyName, ProcessPolicy policy, List<String> arguments,
		SpawnedChild child, @Nullable TreeToken token, @Nullable ChildCgroup cgroup, Followers followers,
		Instant started, long startedNanos, Duration spawnDuration) {

	SessionMode session() {
		SessionMode session = this.policy.session();
		return (session != null) ? session : SessionMode.NEW_SESSION;
	}

	DeadlinesPolicy deadlines() {
		DeadlinesPolicy deadlines = this.policy.deadlines();
		return (deadlines != null) ? deadlines : DeadlinesPolicy.undecided();
	}

	TerminationPolicy termination() {
		TerminationPolicy termination = this.policy.termination();
		return (termination != null) ? termination : TerminationPolicy.undecided();
	}

	/**
	 * Return the CPU time that counts for its deadline: its own, and that of the others
	 * of its group.
	 * @return nanoseconds, 0 where nobody can tell
	 */
	long cpuNanos(Spawner spawner) {
		if (ownGroup() == 0) {
			return ProcessHandle.of(this.child.pid())
				.flatMap((handle) -> handle.info().totalCpuDuration())
				.map(Duration::toNanos)
				.orElse(0L);
		}
		try {
			return spawner.groupCpuTime(ownGroup()).toNanos();
		}
		catch (SystemCallFailure ex) {
			return 0;
		}
	}

	/**
	 * Return the process group that can be signalled as a whole.
	 * @return the group, 0 when the process shares the JVM's
	 */
	int ownGroup() {
		return (session() != SessionMode.INHERIT) ? this.child.pid() : 0;
	}

}
