// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.contender;

import java.time.Duration;
import java.util.List;

import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessLauncher.CommandSpec;
import io.github.subprocess.boot.metrics.SubprocessMetrics;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * This library as an application has it: a policy with a deadline, the registry, meters,
 * and both streams captured.
 */
final class ManagedSubprocess implements Contender {

	private static final String POLICY = "benchmark";

	private final ProcessLauncher launcher;

	ManagedSubprocess() {
		SubprocessMetrics metrics = new SubprocessMetrics();
		metrics.bindTo(new SimpleMeterRegistry());
		this.launcher = ProcessLauncher.builder()
			.policy(POLICY,
					ProcessPolicy.undecided()
						.withDeadlines(DeadlinesPolicy.undecided().withWall(Duration.ofMinutes(10))))
			.listener(metrics)
			.build();
		this.launcher.awaitReady();
	}

	private CommandSpec spec(List<String> command) {
		return this.launcher.command(command).policy(POLICY);
	}

	private ManagedProcess startCaptured(List<String> command) {
		return spec(command).output(OutputTarget.capture()).start();
	}

	@Override
	public Running start(List<String> command) {
		return new RunningProcess(startCaptured(command));
	}

	@Override
	public void run(List<String> command) {
		spec(command).run();
	}

	@Override
	public int capture(List<String> command) {
		return spec(command).run().output().bytes().length;
	}

	@Override
	public void captureAsynchronously(List<String> command) {
		if (startCaptured(command).result().join().output().bytes().length == 0) {
			throw new IllegalStateException("Nothing captured");
		}
	}

	@Override
	public Process startPiped(List<String> command, boolean fed) {
		return (fed ? spec(command).pipeInput() : spec(command)).start();
	}

}
