// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import io.github.subprocess.CapturedOutput;
import io.github.subprocess.CgroupFigures;
import io.github.subprocess.DeadlinesLeft;
import io.github.subprocess.OpenDescriptor;
import io.github.subprocess.ProcessFigures;
import io.github.subprocess.ProcessInspection;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.internal.cgroup.ChildCgroup;
import io.github.subprocess.internal.tree.DescriptorTable;
import io.github.subprocess.internal.tree.FiguresReader;
import io.github.subprocess.internal.tree.Kin;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.spi.Spawner;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a live process for somebody who wants to know what it is doing. What is read
 * by its pid counts only if it had not been reaped when the reading was over.
 */
final class Inspector {

	/**
	 * A loop that has not answered by then is as stuck as what it watches: tell the rest.
	 */
	static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

	private final ProcessIdentity identity;

	private final EventLoop loop;

	private final StandardStreams streams;

	private final Spawner spawner;

	private final BooleanSupplier unreaped;

	Inspector(ProcessIdentity identity, EventLoop loop, StandardStreams streams, Spawner spawner,
			BooleanSupplier unreaped) {
		this.identity = identity;
		this.loop = loop;
		this.streams = streams;
		this.spawner = spawner;
		this.unreaped = unreaped;
	}

	ProcessInspection inspect(ProcessSnapshot snapshot, int tailBytes) {
		Heard heard = ask(tailBytes);
		int pid = this.identity.child().pid();
		ProcessFigures figures = FiguresReader.read(pid);
		List<ProcessFigures> descendants = FiguresReader.ofDescendants(pid,
				new Kin(pid, this.identity.ownGroup() != 0, this.identity.token(), false));
		List<OpenDescriptor> descriptors = DescriptorTable.read(pid);
		CgroupFigures cgroup = cgroup();
		DeadlinesLeft left = deadlinesLeft(heard);
		if (!isUnreaped()) {
			figures = null;
			descendants = List.of();
			descriptors = List.of();
			cgroup = null;
			left = DeadlinesLeft.NONE;
		}
		return new ProcessInspection(snapshot, this.identity.policy(), figures, descendants, descriptors, cgroup, left,
				(heard != null) ? heard.tails().output() : CapturedOutput.NONE,
				(heard != null) ? heard.tails().error() : CapturedOutput.NONE);
	}

	/**
	 * Ask the event loop how long the process has written nothing. Returns at once.
	 * @return an answer to come; empty where this side reads none of its output
	 */
	CompletableFuture<Optional<Duration>> silence() {
		CompletableFuture<Optional<Duration>> answer = new CompletableFuture<>();
		this.loop.execute(() -> {
			long lastNanos = this.streams.lastHeardNanos(this.identity.startedNanos());
			long silentNanos = Math.max(0, System.nanoTime() - lastNanos);
			answer.complete(this.streams.isHeard() ? Optional.of(Duration.ofNanos(silentNanos)) : Optional.empty());
		});
		return answer;
	}

	/**
	 * Return whether its pid is still its own.
	 */
	boolean isUnreaped() {
		return this.unreaped.getAsBoolean();
	}

	/**
	 * Return what those in its cgroup use, if one was made for it.
	 */
	@Nullable CgroupFigures cgroup() {
		ChildCgroup cgroup = this.identity.cgroup();
		return (cgroup != null) ? cgroup.figures() : null;
	}

	private @Nullable Heard ask(int tailBytes) {
		CompletableFuture<Heard> answer = new CompletableFuture<>();
		this.loop.execute(() -> answer.complete(
				new Heard(this.streams.toTails(tailBytes), this.streams.lastHeardNanos(this.identity.startedNanos()))));
		try {
			return answer.get(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
		catch (ExecutionException | TimeoutException ex) {
			return null;
		}
	}

	private DeadlinesLeft deadlinesLeft(@Nullable Heard heard) {
		DeadlinesPolicy deadlines = this.identity.deadlines();
		long now = System.nanoTime();
		return new DeadlinesLeft(left(deadlines.wall(), now - this.identity.startedNanos()),
				(heard != null) ? left(deadlines.idle(), now - heard.lastNanos()) : null,
				isSet(deadlines.cpu()) ? left(deadlines.cpu(), this.identity.cpuNanos(this.spawner)) : null);
	}

	private static @Nullable Duration left(@Nullable Duration deadline, long usedNanos) {
		if (deadline == null || deadline.isZero()) {
			return null;
		}
		Duration left = deadline.minusNanos(usedNanos);
		return left.isNegative() ? Duration.ZERO : left;
	}

	private static boolean isSet(@Nullable Duration deadline) {
		return deadline != null && !deadline.isZero();
	}

	/**
	 * What the event loop knows.
	 *
	 * @param tails the ends of what was written
	 * @param lastNanos when there was output last
	 */
	private record Heard(StreamReports tails, long lastNanos) {

	}

}
