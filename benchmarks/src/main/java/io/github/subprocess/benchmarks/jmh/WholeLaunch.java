// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.jmh;

import java.util.concurrent.TimeUnit;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.boot.metrics.SubprocessMetrics;
import io.github.subprocess.boot.observation.SubprocessObservations;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A launch from the call to the result, of a program that ends at once, with both streams
 * captured; with {@code -prof gc}, what the JVM allocates for it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WholeLaunch {

	@Param({ "nobody", "meters", "observation" })
	public String watchedBy;

	private final String program = Children.endAtOnce();

	private ProcessLauncher launcher;

	@Setup
	public void open() {
		ProcessLauncher.Builder builder = ProcessLauncher.builder();
		if (this.watchedBy.equals("meters")) {
			SubprocessMetrics metrics = new SubprocessMetrics();
			metrics.bindTo(new SimpleMeterRegistry());
			builder.listener(metrics);
		}
		if (this.watchedBy.equals("observation")) {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig()
				.observationHandler((ObservationHandler<Observation.Context>) (context) -> true);
			builder.interceptor(new SubprocessObservations(registry, null));
		}
		this.launcher = builder.build();
		this.launcher.awaitReady();
	}

	@TearDown
	public void close() {
		this.launcher.close();
	}

	@Benchmark
	public ProcessResult run() {
		return this.launcher.command(this.program).run();
	}

}
