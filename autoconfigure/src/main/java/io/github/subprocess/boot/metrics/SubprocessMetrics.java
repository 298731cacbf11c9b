// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.event.ProcessRefused;
import io.github.subprocess.event.ProcessRejected;
import io.github.subprocess.event.ProcessStartFailed;
import io.github.subprocess.event.ProcessStarted;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Counts and times starts and ends, and counts what was refused, in every registry that
 * it is bound to. Starts before the first registry is bound, which Boot does when all
 * singletons have been made, are not seen.
 *
 * @since 0.1.0
 */
public class SubprocessMetrics implements MeterBinder, ProcessListener {

	private final List<RegistryMeters> bound = new CopyOnWriteArrayList<>();

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		if (this.bound.stream().noneMatch((meters) -> meters.isIn(registry))) {
			this.bound.add(new RegistryMeters(registry));
		}
	}

	@Override
	public void onStarted(ProcessStarted event) {
		this.bound.forEach((meters) -> meters.of(event.process().policy()).started(event));
	}

	@Override
	public void onRejected(ProcessRejected event) {
		this.bound.forEach((meters) -> meters.of(event.policy()).rejected(event));
	}

	@Override
	public void onRefused(ProcessRefused event) {
		this.bound.forEach((meters) -> meters.of(event.policy()).refused(event));
	}

	@Override
	public void onStartFailed(ProcessStartFailed event) {
		this.bound.forEach((meters) -> meters.of(event.policy()).startFailed(event));
	}

	@Override
	public void onEnded(ProcessEnded event) {
		this.bound.forEach((meters) -> meters.of(event.process().policy()).ended(event));
	}

}
