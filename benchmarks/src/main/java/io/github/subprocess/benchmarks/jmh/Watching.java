// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.jmh;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.boot.metrics.SubprocessMetrics;
import io.github.subprocess.boot.observation.SubprocessObservations;
import io.github.subprocess.event.LaunchFollower;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What meters and an observation add to a launch: they are told again what one launch
 * told.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Watching {

	private SeenEvents events;

	private final SubprocessMetrics metrics = new SubprocessMetrics();

	private SubprocessObservations observations;

	@Setup
	public void look() throws Exception {
		this.events = SeenEvents.ofOneLaunch();
		this.metrics.bindTo(new SimpleMeterRegistry());
		ObservationRegistry registry = ObservationRegistry.create();
		// without one nothing is observed
		registry.observationConfig().observationHandler((ObservationHandler<Observation.Context>) (context) -> true);
		this.observations = new SubprocessObservations(registry, null);
	}

	@Benchmark
	public void meters() {
		this.metrics.onStarted(this.events.started());
		this.metrics.onEnded(this.events.ended());
	}

	@Benchmark
	public void observation() {
		LaunchFollower follower = Objects.requireNonNull(this.observations.intercept(this.events.request()));
		follower.onStarted(this.events.started());
		follower.onEnded(this.events.ended());
	}

}
