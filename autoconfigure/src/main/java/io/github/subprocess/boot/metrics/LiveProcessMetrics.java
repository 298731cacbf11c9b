// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.metrics;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.boot.metrics.SubprocessMeters.Keys;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Gauges the live processes of each policy, and of ad-hoc commands.
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
		this.launcher.policies().keySet().forEach((policy) -> gauge(registry, policy));
		gauge(registry, ProcessLauncher.NO_POLICY);
	}

	private void gauge(MeterRegistry registry, String policy) {
		ProcessRegistry processes = this.launcher.processes();
		Gauge.builder(SubprocessMeters.LIVE.getName(), () -> processes.liveCount(policy))
			.description("Processes that have not ended")
			.baseUnit(SubprocessMeters.LIVE.getBaseUnit())
			.tag(Keys.POLICY.asString(), policy)
			.register(registry);
	}

}
