// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.github.subprocess.TerminationReason;
import io.github.subprocess.policy.DeadlinesPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of a process that runs: wall, idle and CPU. The first one that passes is
 * told, once. Lives on the event loop.
 */
final class Deadlines {

	/**
	 * CPU time is looked at no more often than this.
	 */
	private static final Duration SHORTEST_LOOK = Duration.ofMillis(50);

	private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

	private static final long NEVER = Long.MAX_VALUE / 2;

	private final EventLoop loop;

	private final DeadlinesPolicy policy;

	private final long startedNanos;

	private final LongSupplier lastOutputNanos;

	private final LongSupplier cpuNanos;

	private final Consumer<TerminationReason> onPassed;

	private EventLoop.@Nullable Timer wall;

	private EventLoop.@Nullable Timer idle;

	private EventLoop.@Nullable Timer cpu;

	/**
	 * Create deadlines that nobody watches yet.
	 * @param loop where this lives
	 * @param policy the deadlines
	 * @param startedNanos when the process was born
	 * @param lastOutputNanos tells when its output was last heard of
	 * @param cpuNanos tells how much CPU time it has used, with others that count
	 * @param onPassed is told of the first one that passes
	 */
	Deadlines(EventLoop loop, DeadlinesPolicy policy, long startedNanos, LongSupplier lastOutputNanos,
			LongSupplier cpuNanos, Consumer<TerminationReason> onPassed) {
		this.loop = loop;
		this.policy = policy;
		this.startedNanos = startedNanos;
		this.lastOutputNanos = lastOutputNanos;
		this.cpuNanos = cpuNanos;
		this.onPassed = onPassed;
	}

	/**
	 * Return whether there are any.
	 */
	boolean areThere() {
		return firstLook() != NEVER;
	}

	/**
	 * Return when something is to be looked at for the first time.
	 * @return a moment on the monotonic clock, for {@link #begin()} to come before
	 */
	long firstLookNanos() {
		return this.startedNanos + firstLook();
	}

	private long firstLook() {
		long wallOrIdle = Math.min(nanos(this.policy.wall(), 1), nanos(this.policy.idle(), 1));
		return Math.min(wallOrIdle, nanos(this.policy.cpu(), PROCESSORS));
	}

	private static long nanos(@Nullable Duration limit, int divisor) {
		return (limit != null && !limit.isZero()) ? EventLoop.toNanos(limit) / divisor : NEVER;
	}

	void begin() {
		Duration wall = this.policy.wall();
		if (wall != null && !wall.isZero()) {
			this.wall = this.loop.schedule(wall.minusNanos(System.nanoTime() - this.startedNanos),
					() -> pass(TerminationReason.TIMEOUT));
		}
		Duration idle = this.policy.idle();
		if (idle != null && !idle.isZero()) {
			lookAtOutput(idle);
		}
		Duration cpu = this.policy.cpu();
		if (cpu != null && !cpu.isZero()) {
			lookAtCpuTime(cpu);
		}
	}

	/**
	 * Output is not followed byte by byte: when the time would be up, look when there was
	 * some, and come back when it would be up from then on.
	 */
	private void lookAtOutput(Duration limit) {
		long last = Math.max(this.lastOutputNanos.getAsLong() - this.startedNanos, 0);
		Duration left = limit.minusNanos(System.nanoTime() - this.startedNanos - last);
		if (left.isNegative() || left.isZero()) {
			pass(TerminationReason.IDLE_TIMEOUT);
		}
		else {
			this.idle = this.loop.schedule(left, () -> lookAtOutput(limit));
		}
	}

	/**
	 * It cannot use up what is left sooner than by all processors together.
	 */
	private void lookAtCpuTime(Duration limit) {
		Duration left = limit.minusNanos(this.cpuNanos.getAsLong());
		if (left.isNegative() || left.isZero()) {
			pass(TerminationReason.CPU_TIMEOUT);
		}
		else {
			Duration soonest = left.dividedBy(PROCESSORS);
			this.cpu = this.loop.schedule((soonest.compareTo(SHORTEST_LOOK) > 0) ? soonest : SHORTEST_LOOK,
					() -> lookAtCpuTime(limit));
		}
	}

	private void pass(TerminationReason reason) {
		cancel();
		this.onPassed.accept(reason);
	}

	void cancel() {
		cancel(this.wall);
		cancel(this.idle);
		cancel(this.cpu);
	}

	private static void cancel(EventLoop.@Nullable Timer timer) {
		if (timer != null) {
			timer.cancel();
		}
	}

}
