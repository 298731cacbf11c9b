// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.jmh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.LimitsPolicy;
import io.github.subprocess.policy.OutputPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A policy over another one and the defaults, as each launch merges what it overrides.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PolicyMerging {

	private final ProcessPolicy overrides = ProcessPolicy.undecided().withWorkingDirectory(Path.of("/tmp"));

	private final ProcessPolicy policy = ProcessPolicy.undecided()
		.withDeadlines(DeadlinesPolicy.undecided().withWall(Duration.ofMinutes(1)))
		.withEnvironment(new EnvironmentPolicy(null, Map.of("A", "1", "B", "2", "C", "3")))
		.withLimits(LimitsPolicy.undecided().withNice(5))
		.withOutput(OutputPolicy.undecided().withMaxBytes(1L << 20));

	private final ProcessPolicy defaults = ProcessPolicy.defaults()
		.withEnvironment(new EnvironmentPolicy(List.of("PATH", "LC_*"), Map.of("D", "4")));

	@Benchmark
	public ProcessPolicy threeLayers() {
		return this.overrides.orElse(this.policy).orElse(this.defaults);
	}

}
