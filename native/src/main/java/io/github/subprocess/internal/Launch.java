// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.internal.live.StreamPlan;
import io.github.subprocess.internal.plan.CommandLine;
import io.github.subprocess.internal.plan.StreamCompiler;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.OutputPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A command that is about to be launched, with everything decided.
 *
 * @param command what
 * @param policyName under the policy of which name
 * @param policy that policy, merged
 * @param input where standard input comes from
 * @param output where standard output goes, as the launch says; {@code null}: as the
 * policy says, or as is usual for the way of launching
 * @param connection the writing end of a pipe to the next stage of a pipeline, where
 * standard output goes instead
 * @param error where standard error goes
 */
record Launch(CommandLine command, String policyName, ProcessPolicy policy, StreamPlan.Input input,
		@Nullable OutputTarget output, @Nullable Integer connection, OutputTarget error) {

	/**
	 * Decide on standard output where the launch has not: as the policy says.
	 * @param target where it goes if the policy does not say either
	 * @return the launch
	 */
	Launch withOutputDefault(OutputTarget target) {
		OutputTarget decided = (this.output == null) ? StreamCompiler.output(this.policy) : this.output;
		return withOutput((decided != null) ? decided : target);
	}

	Launch withOutput(OutputTarget target) {
		return new Launch(this.command, this.policyName, this.policy, this.input, target, this.connection, this.error);
	}

	Launch withWallDeadline(Duration wall) {
		ProcessPolicy changed = ProcessPolicy.undecided()
			.withDeadlines(DeadlinesPolicy.undecided().withWall(wall))
			.orElse(this.policy);
		return new Launch(this.command, this.policyName, changed, this.input, this.output, this.connection, this.error);
	}

	/**
	 * Refuse what is not for a stage of a pipeline to decide on.
	 * @param stage its place, counted from 0
	 * @param last whether it is the last one
	 */
	void checkStage(int stage, boolean last) {
		if (hasTerminal()) {
			throw new IllegalArgumentException("terminal.enabled must not be true for stage %d of a pipeline (%s), "
				.formatted(stage + 1, this.command.program()) + "whose streams lead to others");
		}
		if (stage > 0 && !(this.input instanceof StreamPlan.NoInput)) {
			throw new IllegalArgumentException("input must not be set for stage %d of a pipeline (%s), which reads "
				.formatted(stage + 1, this.command.program()) + "what the stage before it writes");
		}
		if (!last && this.output != null) {
			throw new IllegalArgumentException("output must not be set for stage %d of a pipeline (%s), which the "
				.formatted(stage + 1, this.command.program()) + "next stage reads");
		}
	}

	/**
	 * Return this launch with ends of pipes to other processes.
	 * @param from the reading end of the one that it reads, {@code null}: none
	 * @param to the writing end of the one that it writes, {@code null}: none
	 * @return the launch
	 */
	Launch connected(@Nullable Integer from, @Nullable Integer to) {
		return new Launch(this.command, this.policyName, this.policy,
				(from != null) ? new StreamPlan.ConnectedInput(from) : this.input, this.output, to, this.error);
	}

	boolean hasTerminal() {
		return this.policy.terminal() != null && Boolean.TRUE.equals(this.policy.terminal().enabled());
	}

	/**
	 * Refuse streams that a terminal cannot be.
	 */
	void checkTerminal() {
		if (!hasTerminal()) {
			return;
		}
		if (this.input instanceof StreamPlan.FileInput) {
			throw new IllegalArgumentException("input must not be a file with terminal.enabled: the terminal is "
					+ "standard input. Write the file to it, as a stream");
		}
		if (this.output instanceof OutputTarget.Inherit) {
			throw new IllegalArgumentException("output must not be inherited with terminal.enabled: the terminal is "
					+ "standard output, which this side reads");
		}
		if (!(this.error instanceof OutputTarget.Capture || this.error instanceof OutputTarget.Merge)) {
			throw new IllegalArgumentException("error must not be set with terminal.enabled: the terminal is standard "
					+ "error too, which comes with standard output");
		}
	}

	StreamPlan streams() {
		OutputPolicy bound = this.policy.output();
		long maxBytes = (bound != null && bound.maxBytes() != null) ? bound.maxBytes() : 0;
		int pipeBytes = (bound != null && bound.pipeBytes() != null) ? bound.pipeBytes() : 0;
		return new StreamPlan(this.input, (this.output != null) ? this.output : OutputTarget.discard(), this.connection,
				this.error, maxBytes, pipeBytes, hasTerminal() ? this.policy.terminal() : null);
	}

	/**
	 * Refuse an idle deadline that could not be kept.
	 */
	void checkSilenceIsNoticed() {
		DeadlinesPolicy deadlines = this.policy.deadlines();
		Duration idle = (deadlines != null) ? deadlines.idle() : null;
		if (idle != null && !idle.isZero() && !streams().observesOutput()) {
			throw new IllegalArgumentException("deadlines.idle is " + idle + ", but neither standard output nor "
					+ "standard error is read by the JVM: nobody would notice silence");
		}
	}

	/**
	 * Return how long the birth may take.
	 * @return the deadline; zero: as long as it takes
	 */
	Duration startDeadline() {
		DeadlinesPolicy deadlines = this.policy.deadlines();
		Duration start = (deadlines != null) ? deadlines.start() : null;
		return (start != null) ? start : Duration.ZERO;
	}

}
