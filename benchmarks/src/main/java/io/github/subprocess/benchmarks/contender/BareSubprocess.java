// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.contender;

import java.util.List;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessLauncher.CommandSpec;
import io.github.subprocess.policy.OutputPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;

/**
 * This library without policy, listeners and capture, and without a session of the
 * child's own, which none of the peers makes: the kernel takes ten microseconds for one.
 */
final class BareSubprocess implements Contender {

	private static final int LARGE_PIPE = 1 << 20;

	private final ProcessLauncher launcher = ProcessLauncher.builder()
		.defaultPolicy(ProcessPolicy.undecided().withSession(SessionMode.INHERIT))
		.build();

	BareSubprocess() {
		this.launcher.awaitReady();
	}

	private CommandSpec silent(List<String> command) {
		return this.launcher.command(command).output(OutputTarget.discard()).error(OutputTarget.discard());
	}

	@Override
	public Running start(List<String> command) {
		return new RunningProcess(silent(command).start());
	}

	@Override
	public void run(List<String> command) {
		silent(command).run();
	}

	@Override
	public int capture(List<String> command) {
		return this.launcher.command(command).error(OutputTarget.discard()).run().output().bytes().length;
	}

	@Override
	public Process startPiped(List<String> command, boolean fed) {
		CommandSpec spec = this.launcher.command(command).error(OutputTarget.discard());
		if (fed) {
			spec.pipeInput().overrides(ProcessPolicy.undecided().withOutput(new OutputPolicy(null, LARGE_PIPE)));
		}
		return spec.start();
	}

}
