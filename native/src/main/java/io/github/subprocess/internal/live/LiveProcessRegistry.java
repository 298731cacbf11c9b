// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.subprocess.CapturedOutput;
import io.github.subprocess.CgroupFigures;
import io.github.subprocess.DeadlinesLeft;
import io.github.subprocess.LiveProcessUsage;
import io.github.subprocess.ProcessInspection;
import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.internal.admission.Admission;
import io.github.subprocess.policy.ProcessPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Knows the processes of one launcher: the live ones, and the last ones that ended.
 */
public final class LiveProcessRegistry implements ProcessRegistry {

	private final Map<String, LiveProcess> live = new ConcurrentHashMap<>();

	private final Map<String, AtomicInteger> liveByPolicy = new ConcurrentHashMap<>();

	private final Deque<ProcessInspection> recent = new ArrayDeque<>();

	private final int recentCapacity;

	private final int recentOutputBytes;

	private final Admission admission;

	private final LongAdder started = new LongAdder();

	private final LongAdder failedToStart = new LongAdder();

	private final LongAdder rejected = new LongAdder();

	/**
	 * Create a registry without processes.
	 * @param recentCapacity how many that have ended it remembers
	 * @param recentOutputBytes how much of the end of each of their captured streams
	 * @param admission who may live
	 */
	public LiveProcessRegistry(int recentCapacity, int recentOutputBytes, Admission admission) {
		this.recentCapacity = recentCapacity;
		this.recentOutputBytes = recentOutputBytes;
		this.admission = admission;
	}

	public void add(LiveProcess process) {
		this.live.put(process.id(), process);
		this.liveByPolicy.computeIfAbsent(process.identity().policyName(), (policy) -> new AtomicInteger())
			.incrementAndGet();
		this.started.increment();
	}

	public void startFailed() {
		this.failedToStart.increment();
	}

	public void launchRejected() {
		this.rejected.increment();
	}

	/**
	 * A process is no longer live, and is remembered without most of what it wrote.
	 * @param process who
	 */
	public void remove(LiveProcess process) {
		if (this.live.remove(process.id()) != null) {
			ProcessSnapshot snapshot = process.snapshot();
			AtomicInteger count = this.liveByPolicy.get(snapshot.policy());
			if (count != null) {
				count.decrementAndGet();
			}
			remember(process.identity().policy(), snapshot);
		}
	}

	private void remember(ProcessPolicy policy, ProcessSnapshot snapshot) {
		ProcessResult result = snapshot.result();
		ProcessInspection remembered = new ProcessInspection(withoutOutput(snapshot), policy, null, List.of(),
				List.of(), null, DeadlinesLeft.NONE, tail(result, ProcessResult::output),
				tail(result, ProcessResult::error));
		synchronized (this.recent) {
			this.recent.addFirst(remembered);
			while (this.recent.size() > this.recentCapacity) {
				this.recent.removeLast();
			}
		}
	}

	private CapturedOutput tail(@Nullable ProcessResult result, Function<ProcessResult, CapturedOutput> stream) {
		return (result != null) ? stream.apply(result).last(this.recentOutputBytes) : CapturedOutput.NONE;
	}

	/**
	 * Return a snapshot without what the process wrote, which may be large and
	 * confidential.
	 * @param snapshot what is known of a process
	 * @return the same with the numbers alone
	 */
	public static ProcessSnapshot withoutOutput(ProcessSnapshot snapshot) {
		ProcessResult result = snapshot.result();
		return new ProcessSnapshot(snapshot.id(), snapshot.pid(), snapshot.policy(), snapshot.state(),
				snapshot.program(), snapshot.arguments(), snapshot.workingDirectory(), snapshot.session(),
				snapshot.processGroup(), snapshot.mechanism(), snapshot.closing(), snapshot.warnings(),
				snapshot.started(), snapshot.spawnDuration(), snapshot.deadline(), snapshot.terminationReason(),
				(result != null) ? withoutOutput(result) : null);
	}

	private static ProcessResult withoutOutput(ProcessResult result) {
		return new ProcessResult(result.id(), result.policy(), result.pid(), result.status(), result.outcome(),
				result.terminationReason(), result.forced(), result.treeEnd(), result.duration(),
				result.spawnDuration(), result.mechanism(), result.usage(), result.cgroup(), result.input(),
				numbersOnly(result.output()), numbersOnly(result.error()));
	}

	private static CapturedOutput numbersOnly(CapturedOutput output) {
		return new CapturedOutput(new byte[0], new byte[0], output.totalBytes(), output.truncated(), output.complete());
	}

	public Collection<LiveProcess> processes() {
		return List.copyOf(this.live.values());
	}

	@Override
	public List<ProcessSnapshot> live() {
		List<ProcessSnapshot> snapshots = new ArrayList<>();
		this.live.values().forEach((process) -> snapshots.add(process.snapshot()));
		snapshots.sort(Comparator.comparing(ProcessSnapshot::started));
		return snapshots;
	}

	@Override
	public List<LiveProcessUsage> usage() {
		return UsageSurvey.of(processes());
	}

	@Override
	public List<ProcessSnapshot> recent() {
		synchronized (this.recent) {
			return this.recent.stream().map(ProcessInspection::snapshot).toList();
		}
	}

	@Override
	public Optional<ProcessSnapshot> find(String id) {
		LiveProcess process = this.live.get(id);
		if (process != null) {
			return Optional.of(process.snapshot());
		}
		return recent().stream().filter((snapshot) -> snapshot.id().equals(id)).findFirst();
	}

	@Override
	public Optional<ProcessInspection> inspect(String id, int tailBytes) {
		if (tailBytes < 0) {
			throw new IllegalArgumentException("tailBytes must not be negative: " + tailBytes);
		}
		LiveProcess process = this.live.get(id);
		if (process != null) {
			return Optional.of(process.inspect(tailBytes));
		}
		synchronized (this.recent) {
			return this.recent.stream()
				.filter((remembered) -> remembered.snapshot().id().equals(id))
				.map((remembered) -> withTails(remembered, tailBytes))
				.findFirst();
		}
	}

	private static ProcessInspection withTails(ProcessInspection remembered, int tailBytes) {
		return new ProcessInspection(remembered.snapshot(), remembered.policy(), null, List.of(), List.of(), null,
				DeadlinesLeft.NONE, remembered.outputTail().last(tailBytes), remembered.errorTail().last(tailBytes));
	}

	@Override
	public List<CgroupFigures> cgroups(String policy) {
		return this.live.values()
			.stream()
			.filter((process) -> process.identity().policyName().equals(policy))
			.map(LiveProcess::cgroup)
			.filter(Objects::nonNull)
			.toList();
	}

	@Override
	public int liveCount(String policy) {
		AtomicInteger count = this.liveByPolicy.get(policy);
		return (count != null) ? count.get() : 0;
	}

	@Override
	public long started() {
		return this.started.sum();
	}

	@Override
	public long failedToStart() {
		return this.failedToStart.sum();
	}

	@Override
	public int limit(String policy) {
		return this.admission.limit(policy);
	}

	@Override
	public int waiting(String policy) {
		return this.admission.waiting(policy);
	}

	@Override
	public Duration blocked(String policy) {
		return this.admission.blocked(policy);
	}

	@Override
	public long rejected() {
		return this.rejected.sum();
	}

	@Override
	public boolean terminate(String id, TerminationReason reason) {
		return with(id, (process) -> process.terminate(reason));
	}

	@Override
	public boolean kill(String id, TerminationReason reason) {
		return with(id, (process) -> process.kill(reason));
	}

	@Override
	public boolean signal(String id, ProcessSignal signal) {
		LiveProcess process = this.live.get(id);
		return process != null && process.signal(signal);
	}

	private boolean with(String id, Consumer<LiveProcess> action) {
		LiveProcess process = this.live.get(id);
		if (process == null) {
			return false;
		}
		action.accept(process);
		return true;
	}

}
