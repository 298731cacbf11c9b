// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.metrics;

import java.util.Locale;

import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.boot.metrics.SubprocessMeters.Keys;
import io.github.subprocess.event.ProcessRefused;
import io.github.subprocess.event.ProcessRejected;
import io.github.subprocess.event.ProcessStartFailed;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of starts in one registry.
 */
final class SpawnMeters {

	private final MeterRegistry registry;

	private final MeterProvider<Timer> spawn;

	private final MeterProvider<Counter> failures;

	private final MeterProvider<Counter> warnings;

	private final MeterProvider<Counter> rejections;

	SpawnMeters(MeterRegistry registry) {
		this.registry = registry;
		this.spawn = Timer.builder(SubprocessMeters.SPAWN.getName())
			.description("Time from the call until the program runs, or until it is known that it cannot")
			.withRegistry(registry);
		this.failures = Counter.builder(SubprocessMeters.SPAWN_FAILURES.getName())
			.description("Programs that could not be started")
			.withRegistry(registry);
		this.warnings = Counter.builder(SubprocessMeters.SPAWN_WARNINGS.getName())
			.description("Attributes that programs were refused and were started without")
			.withRegistry(registry);
		this.rejections = Counter.builder(SubprocessMeters.REJECTIONS.getName())
			.description("Launches that were refused before anything was tried")
			.withRegistry(registry);
	}

	void rejected(ProcessRejected event) {
		rejected(event.policy(), lowerCase(event.reason()));
	}

	void refused(ProcessRefused event) {
		rejected(event.policy(), event.failure().guard());
	}

	private void rejected(String policy, String reason) {
		this.rejections.withTags(Tags.of(Keys.POLICY.asString(), policy, Keys.REASON.asString(), reason)).increment();
	}

	private static String lowerCase(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	boolean isIn(MeterRegistry registry) {
		return this.registry.equals(registry);
	}

	void started(ProcessSnapshot process) {
		spawn(process.policy(), "SUCCESS", lowerCase(process.mechanism())).record(process.spawnDuration());
		process.warnings()
			.forEach((warning) -> this.warnings
				.withTags(refusal(process.policy(), warning.step(), warning.errno(), warning.errnoName()))
				.increment());
	}

	void startFailed(ProcessStartFailed event) {
		ProcessStartException failure = event.failure();
		spawn(event.policy(), "ERROR", KeyValue.NONE_VALUE).record(event.duration());
		this.failures.withTags(refusal(event.policy(), failure.step(), failure.errno(), failure.errnoName()))
			.increment();
	}

	private static Tags refusal(String policy, String step, int errno, String errnoName) {
		return Tags.of(Keys.POLICY.asString(), policy, Keys.STEP.asString(), step, Keys.ERRNO.asString(),
				(errno != 0) ? errnoName : KeyValue.NONE_VALUE);
	}

	private Timer spawn(String policy, String outcome, String mechanism) {
		return this.spawn.withTags(Tags.of(Keys.POLICY.asString(), policy, Keys.OUTCOME.asString(), outcome,
				Keys.MECHANISM.asString(), mechanism));
	}

}
