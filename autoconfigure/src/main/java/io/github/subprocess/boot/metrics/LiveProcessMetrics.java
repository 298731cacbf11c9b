// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.subprocess.CgroupFigures;
import io.github.subprocess.LauncherState;
import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.boot.metrics.SubprocessMeters.Keys;
import io.github.subprocess.policy.CgroupPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Gauges the live processes of each policy and of ad-hoc commands and what they take, the
 * launches that wait to become some, the limits, and the launcher itself. Whoever reads
 * the meters looks at {@code /proc} with that, once a second at most and only while
 * something is alive.
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
		UsageByPolicy usage = new UsageByPolicy(this.launcher.processes());
		Set<String> policies = new TreeSet<>(this.launcher.policies().keySet());
		policies.add(ProcessLauncher.NO_POLICY);
		for (String policy : policies) {
			Tags tags = Tags.of(Keys.POLICY.asString(), policy);
			bindPlaces(registry, tags, policy);
			bindUsage(registry, tags, () -> usage.of(policy));
			bindCgroups(registry, tags, policy);
		}
		for (LauncherState state : LauncherState.values()) {
			gauge(registry, SubprocessMeters.LAUNCHER,
					Tags.of(Keys.STATE.asString(), state.name().toLowerCase(Locale.ROOT)),
					() -> (state() == state) ? 1 : 0);
		}
	}

	private void bindCgroups(MeterRegistry registry, Tags tags, String policy) {
		CgroupPolicy cgroup = policy(policy).cgroup();
		if (cgroup != null && cgroup.parent() != null) {
			ProcessRegistry processes = this.launcher.processes();
			gauge(registry, SubprocessMeters.CGROUP_MEMORY, tags,
					() -> sum(processes.cgroups(policy), CgroupFigures::memoryBytes));
			gauge(registry, SubprocessMeters.CGROUP_PIDS, tags,
					() -> sum(processes.cgroups(policy), CgroupFigures::pids));
		}
	}

	private ProcessPolicy policy(String name) {
		return this.launcher.policies().getOrDefault(name, this.launcher.defaultPolicy());
	}

	/**
	 * Return 0 if there are none, and NaN if there are some and one of them is not known.
	 */
	private static double sum(List<CgroupFigures> cgroups, Function<CgroupFigures, @Nullable Long> figure) {
		double sum = 0;
		for (CgroupFigures cgroup : cgroups) {
			Long value = figure.apply(cgroup);
			sum += (value != null) ? value : Double.NaN;
		}
		return sum;
	}

	private void bindPlaces(MeterRegistry registry, Tags tags, String policy) {
		ProcessRegistry processes = this.launcher.processes();
		gauge(registry, SubprocessMeters.LIVE, tags, () -> processes.liveCount(policy));
		gauge(registry, SubprocessMeters.QUEUED, tags, () -> processes.waiting(policy));
		time(registry, SubprocessMeters.BLOCKED, tags, () -> processes.blocked(policy));
		int limit = processes.limit(policy);
		if (limit > 0) {
			gauge(registry, SubprocessMeters.LIMIT, tags, () -> limit);
		}
	}

	private static void bindUsage(MeterRegistry registry, Tags tags, Supplier<PolicyUsage> usage) {
		gauge(registry, SubprocessMeters.TREE, tags, () -> usage.get().processes());
		gauge(registry, SubprocessMeters.RESIDENT, tags, () -> usage.get().residentBytes());
		time(registry, SubprocessMeters.AGE_MAX, tags, () -> usage.get().longestAge());
		time(registry, SubprocessMeters.SILENCE_MAX, tags, () -> usage.get().longestSilence());
		gauge(registry, SubprocessMeters.OVERDUE, tags, () -> usage.get().overdue());
	}

	private LauncherState state() {
		try {
			return this.launcher.state();
		}
		catch (NativeCoreUnavailableException ex) {
			// the health indicator tells why
			return LauncherState.BROKEN;
		}
	}

	private static void gauge(MeterRegistry registry, SubprocessMeters meter, Tags tags, Supplier<Number> value) {
		Gauge.builder(meter.getName(), value)
			.description(meter.description())
			.baseUnit(meter.getBaseUnit())
			.tags(tags)
			.register(registry);
	}

	// the registry decides the unit, so that it is the one of its timers
	private static void time(MeterRegistry registry, SubprocessMeters meter, Tags tags, Supplier<Duration> value) {
		TimeGauge.builder(meter.getName(), () -> value.get().toNanos(), TimeUnit.NANOSECONDS)
			.description(meter.description())
			.tags(tags)
			.register(registry);
	}

}
