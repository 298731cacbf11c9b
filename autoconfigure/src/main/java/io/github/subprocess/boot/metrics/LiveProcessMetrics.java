// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.metrics;

import java.util.function.Supplier;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.boot.metrics.SubprocessMeters.Keys;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Gauges the live processes of each policy and of ad-hoc commands, the launches that wait
 * to become some, and the limits.
 *
 * @since 0.1.0
 */
public class LiveProcessMetrics implements MeterBinder {

	private final ProcessLauncher launcher;

	/**
	 * Create metrics.
	 * @param launcher whose processes are counted
	 */
	public LiveProcessMetrics(ProcessLauncher launcher) {
		this.launcher = launcher;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.launcher.policies().keySet().forEach((policy) -> bind(registry, policy));
		bind(registry, ProcessLauncher.NO_POLICY);
	}

	private void bind(MeterRegistry registry, String policy) {
		ProcessRegistry processes = this.launcher.processes();
		gauge(registry, SubprocessMeters.LIVE, policy, () -> processes.liveCount(policy));
		gauge(registry, SubprocessMeters.QUEUED, policy, () -> processes.waiting(policy));
		int limit = processes.limit(policy);
		if (limit > 0) {
			gauge(registry, SubprocessMeters.LIMIT, policy, () -> limit);
		}
	}

	private static void gauge(MeterRegistry registry, SubprocessMeters meter, String policy, Supplier<Number> value) {
		Gauge.builder(meter.getName(), value)
			.description(meter.description())
			.baseUnit(meter.getBaseUnit())
			.tag(Keys.POLICY.asString(), policy)
			.register(registry);
	}

}
