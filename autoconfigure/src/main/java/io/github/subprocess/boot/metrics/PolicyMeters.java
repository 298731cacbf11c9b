// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.metrics;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.subprocess.CapturedOutput;
import io.github.subprocess.CgroupUsage;
import io.github.subprocess.ExitStatus;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.boot.metrics.SubprocessMeters.Keys;
import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessRefused;
import io.github.subprocess.event.ProcessRejected;
import io.github.subprocess.event.ProcessStartFailed;
import io.github.subprocess.event.ProcessStarted;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of one policy in one registry. Those of each launch are looked up once; what
 * is exceptional is looked up each time.
 */
final class PolicyMeters {

	private final MeterRegistry registry;

	private final Tags policy;

	private final Map<SpawnMechanism, Timer> spawn = new ConcurrentHashMap<>();

	private final Map<ProcessOutcome, Counter> exits = new ConcurrentHashMap<>();

	private final Timer wait;

	private final Timer cpuTime;

	private final DistributionSummary memoryExact;

	private final DistributionSummary memoryBound;

	private final Counter input;

	private final Counter output;

	private final Counter error;

	private final Counter outputDropped;

	private final Counter errorDropped;

	PolicyMeters(MeterRegistry registry, String policy) {
		this.registry = registry;
		this.policy = Tags.of(Keys.POLICY.asString(), policy);
		this.wait = timer(SubprocessMeters.QUEUE_WAIT, Keys.OUTCOME.asString(), "SUCCESS");
		this.cpuTime = timer(SubprocessMeters.CPU_TIME);
		this.memoryExact = memory(true);
		this.memoryBound = memory(false);
		this.input = counter(SubprocessMeters.INPUT);
		this.output = counter(SubprocessMeters.OUTPUT, Keys.STREAM.asString(), "stdout");
		this.error = counter(SubprocessMeters.OUTPUT, Keys.STREAM.asString(), "stderr");
		this.outputDropped = counter(SubprocessMeters.OUTPUT_DROPPED, Keys.STREAM.asString(), "stdout");
		this.errorDropped = counter(SubprocessMeters.OUTPUT_DROPPED, Keys.STREAM.asString(), "stderr");
	}

	void started(ProcessStarted event) {
		ProcessSnapshot process = event.process();
		this.wait.record(event.waited());
		spawn(process.mechanism()).record(process.spawnDuration());
		process.warnings()
			.forEach((warning) -> refused(SubprocessMeters.SPAWN_WARNINGS, warning.step(), warning.errno(),
					warning.errnoName()));
	}

	private Timer spawn(SpawnMechanism mechanism) {
		return this.spawn.computeIfAbsent(mechanism, (key) -> timer(SubprocessMeters.SPAWN, Keys.OUTCOME.asString(),
				"SUCCESS", Keys.MECHANISM.asString(), dashed(key)));
	}

	void startFailed(ProcessStartFailed event) {
		timer(SubprocessMeters.SPAWN, Keys.OUTCOME.asString(), "ERROR", Keys.MECHANISM.asString(), KeyValue.NONE_VALUE)
			.record(event.duration());
		ProcessStartException failure = event.failure();
		refused(SubprocessMeters.SPAWN_FAILURES, failure.step(), failure.errno(), failure.errnoName());
	}

	private void refused(SubprocessMeters meter, String step, int errno, String errnoName) {
		counter(meter, Keys.STEP.asString(), step, Keys.ERRNO.asString(),
				(errno != 0) ? errnoName : KeyValue.NONE_VALUE)
			.increment();
	}

	void rejected(ProcessRejected event) {
		timer(SubprocessMeters.QUEUE_WAIT, Keys.OUTCOME.asString(), "ERROR").record(event.waited());
		counter(SubprocessMeters.REJECTIONS, Keys.REASON.asString(), dashed(event.reason())).increment();
	}

	void refused(ProcessRefused event) {
		counter(SubprocessMeters.REJECTIONS, Keys.REASON.asString(), event.failure().guard()).increment();
	}

	void ended(ProcessEnded event) {
		ProcessResult result = event.result();
		exits(result.outcome()).increment();
		this.cpuTime.record(result.usage().cpuTime());
		(result.usage().maxResidentExact() ? this.memoryExact : this.memoryBound)
			.record((double) result.usage().maxResidentBytes());
		this.input.increment((double) result.input().bytesWritten());
		wrote(result.output(), this.output, this.outputDropped);
		wrote(result.error(), this.error, this.errorDropped);
		if (result.terminationReason() != null) {
			counter(SubprocessMeters.TERMINATIONS, Keys.REASON.asString(), dashed(result.terminationReason()),
					Keys.SIGNAL.asString(), signal(result.status()))
				.increment();
		}
		if (result.cgroup() != null) {
			used(result.cgroup());
		}
		result.treeEnd()
			.left()
			.forEach((left) -> counter(SubprocessMeters.LEFT_OVERS, Keys.REASON.asString(), dashed(left.reason()))
				.increment());
	}

	/**
	 * What the kernel does not tell has no meter.
	 */
	private void used(CgroupUsage usage) {
		if (usage.cpuTime() != null) {
			timer(SubprocessMeters.CGROUP_CPU_TIME).record(usage.cpuTime());
		}
		if (usage.throttledTime() != null) {
			timer(SubprocessMeters.CGROUP_CPU_THROTTLED).record(usage.throttledTime());
		}
		if (usage.memoryPeakBytes() != null) {
			summary(SubprocessMeters.CGROUP_MEMORY_PEAK).record((double) usage.memoryPeakBytes());
		}
		if (usage.oomKills() != null) {
			counter(SubprocessMeters.CGROUP_OOM_KILLS).increment((double) usage.oomKills());
		}
		if (usage.pidsRefused() != null) {
			counter(SubprocessMeters.CGROUP_PIDS_REFUSED).increment((double) usage.pidsRefused());
		}
	}

	private Counter exits(ProcessOutcome outcome) {
		return this.exits.computeIfAbsent(outcome,
				(key) -> counter(SubprocessMeters.EXITS, Keys.OUTCOME.asString(), key.name()));
	}

	private static void wrote(CapturedOutput stream, Counter total, Counter dropped) {
		total.increment((double) stream.totalBytes());
		if (stream.truncated()) {
			dropped.increment((double) stream.droppedBytes());
		}
	}

	private static String signal(ExitStatus status) {
		return (status instanceof ExitStatus.Signalled signalled) ? ProcessSignal.nameOf(signalled.signal())
				: KeyValue.NONE_VALUE;
	}

	private static String dashed(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private Timer timer(SubprocessMeters meter, String... tags) {
		return Timer.builder(meter.getName())
			.description(meter.description())
			.tags(this.policy.and(tags))
			.register(this.registry);
	}

	private Counter counter(SubprocessMeters meter, String... tags) {
		return Counter.builder(meter.getName())
			.description(meter.description())
			.baseUnit(meter.getBaseUnit())
			.tags(this.policy.and(tags))
			.register(this.registry);
	}

	private DistributionSummary memory(boolean exact) {
		return summary(SubprocessMeters.MEMORY_MAX, Keys.EXACT.asString(), String.valueOf(exact));
	}

	private DistributionSummary summary(SubprocessMeters meter, String... tags) {
		return DistributionSummary.builder(meter.getName())
			.description(meter.description())
			.baseUnit(meter.getBaseUnit())
			.tags(this.policy.and(tags))
			.register(this.registry);
	}

}
