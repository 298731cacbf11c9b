// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.jmh;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessLauncher.CommandSpec;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.policy.DescriptorPolicy;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.ProcessPolicy;
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
 * What is thought of a launch before it is done, through the front door. A command that
 * is refused after its environment has been merged and its program looked for shows what
 * compilation costs, with an exception; one whose program is missing shows that, the
 * encoding for the core and a birth. The difference between few texts and many is what
 * encoding and checking a text costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PlanCompilation {

	@Param({ "4", "400" })
	public int texts;

	private ProcessLauncher launcher;

	private List<String> arguments;

	private ProcessPolicy policy;

	private ProcessPolicy contradiction;

	@Setup
	public void open() {
		this.launcher = ProcessLauncher.create();
		this.launcher.awaitReady();
		this.arguments = Collections.nCopies(this.texts / 2, "--an-argument=of-usual-length");
		Map<String, String> variables = new HashMap<>();
		for (int i = 0; i < this.texts / 2; i++) {
			variables.put("VARIABLE_" + i, "of the usual length");
		}
		this.policy = ProcessPolicy.undecided().withEnvironment(new EnvironmentPolicy(null, variables));
		this.contradiction = this.policy.withDescriptors(new DescriptorPolicy(null, List.of(7), Map.of(7, 7)));
	}

	@TearDown
	public void close() {
		this.launcher.close();
	}

	@Benchmark
	public String compiledThenRefused() {
		try {
			command("true").overrides(this.contradiction).run();
			throw new IllegalStateException("a contradiction was taken");
		}
		catch (IllegalArgumentException ex) {
			return ex.getMessage();
		}
	}

	@Benchmark
	public String compiledEncodedThenFailedAtExec() {
		try {
			command("/no/such/program").overrides(this.policy).run();
			throw new IllegalStateException("there is /no/such/program");
		}
		catch (ProcessStartException ex) {
			return ex.step();
		}
	}

	private CommandSpec command(String program) {
		return this.launcher.command(program)
			.arguments(this.arguments)
			.output(OutputTarget.discard())
			.error(OutputTarget.discard());
	}

}
