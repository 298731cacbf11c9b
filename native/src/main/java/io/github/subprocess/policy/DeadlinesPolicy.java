// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long each stretch of a process's life may take. Each deadline that passes has its
 * own outcome, so that a program that is slow is told from one that is stuck. The time
 * that a process gets to obey the signal to end is
 * {@link TerminationPolicy#gracePeriod()}. Zero: as long as it takes.
 *
 * @param start from the request to the confirmed exec, the wait for a place among the
 * running ones not included: a birth takes milliseconds unless the program lies on a file
 * system that does not answer. The launch fails with step {@code start deadline}; a child
 * that is born later is killed
 * @param wall from birth to the end of the process
 * @param idle the longest silence: time without a byte on those of its output streams
 * that the JVM reads, unless there are bytes that the application has yet to take. A
 * launch with this deadline and no such stream is refused
 * @param cpu CPU time, of the process and the members of its group together
 * @param drain from the end of the process to the end of its output, while another
 * process holds it open, or application code is still taking it; what has been read by
 * then is kept, and told to be incomplete. Zero: nothing is waited for
 * @since 0.1.0
 */
public record DeadlinesPolicy(@Nullable Duration start, @Nullable Duration wall, @Nullable Duration idle,
		@Nullable Duration cpu, @Nullable Duration drain) {

	private static final DeadlinesPolicy UNDECIDED = new DeadlinesPolicy(null, null, null, null, null);

	public DeadlinesPolicy {
		ProcessPolicy.checkNotNegative("deadlines.start", start);
		ProcessPolicy.checkNotNegative("deadlines.wall", wall);
		ProcessPolicy.checkNotNegative("deadlines.idle", idle);
		ProcessPolicy.checkNotNegative("deadlines.cpu", cpu);
		ProcessPolicy.checkNotNegative("deadlines.drain", drain);
	}

	/**
	 * Return a policy that decides nothing.
	 * @return the policy to start from
	 */
	public static DeadlinesPolicy undecided() {
		return UNDECIDED;
	}

	public DeadlinesPolicy withStart(@Nullable Duration start) {
		return new DeadlinesPolicy(start, this.wall, this.idle, this.cpu, this.drain);
	}

	public DeadlinesPolicy withWall(@Nullable Duration wall) {
		return new DeadlinesPolicy(this.start, wall, this.idle, this.cpu, this.drain);
	}

	public DeadlinesPolicy withIdle(@Nullable Duration idle) {
		return new DeadlinesPolicy(this.start, this.wall, idle, this.cpu, this.drain);
	}

	public DeadlinesPolicy withCpu(@Nullable Duration cpu) {
		return new DeadlinesPolicy(this.start, this.wall, this.idle, cpu, this.drain);
	}

	public DeadlinesPolicy withDrain(@Nullable Duration drain) {
		return new DeadlinesPolicy(this.start, this.wall, this.idle, this.cpu, drain);
	}

	/**
	 * Return this policy with what is undecided taken from another.
	 * @param other the policy beneath, or {@code null}
	 * @return the merged policy
	 */
	public DeadlinesPolicy orElse(@Nullable DeadlinesPolicy other) {
		if (other == null) {
			return this;
		}
		return new DeadlinesPolicy(ProcessPolicy.first(this.start, other.start),
				ProcessPolicy.first(this.wall, other.wall), ProcessPolicy.first(this.idle, other.idle),
				ProcessPolicy.first(this.cpu, other.cpu), ProcessPolicy.first(this.drain, other.drain));
	}

}
