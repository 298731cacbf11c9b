// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.internal.live.StreamPlan;
import io.github.subprocess.internal.plan.CommandLine;
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
 * @param output where standard output goes; {@code null}: as is usual for the way of
 * launching
 * @param error where standard error goes
 */
record Launch(CommandLine command, String policyName, ProcessPolicy policy, StreamPlan.Input input,
		@Nullable OutputTarget output, OutputTarget error) {

	Launch withOutputDefault(OutputTarget target) {
		return (this.output != null) ? this
				: new Launch(this.command, this.policyName, this.policy, this.input, target, this.error);
	}

	Launch withWallDeadline(Duration wall) {
		ProcessPolicy changed = ProcessPolicy.undecided()
			.withDeadlines(DeadlinesPolicy.undecided().withWall(wall))
			.orElse(this.policy);
		return new Launch(this.command, this.policyName, changed, this.input, this.output, this.error);
	}

	/**
	 * Return this launch as a part of a pipeline, whose inner ends are not its own to
	 * decide on.
	 * @param stage its place, counted from 0
	 * @param last whether it is the last one
	 * @return the launch
	 */
	Launch asStage(int stage, boolean last) {
		if (stage > 0 && !(this.input instanceof StreamPlan.NoInput)) {
			throw new IllegalArgumentException("input must not be set for stage %d of a pipeline (%s), which reads "
				.formatted(stage + 1, this.command.program()) + "what the stage before it writes");
		}
		if (!last && this.output != null) {
			throw new IllegalArgumentException("output must not be set for stage %d of a pipeline (%s), which the "
				.formatted(stage + 1, this.command.program()) + "next stage reads");
		}
		return new Launch(this.command, this.policyName, this.policy,
				(stage > 0) ? new StreamPlan.ConnectedInput() : this.input, last ? this.output : OutputTarget.inherit(),
				this.error);
	}

	StreamPlan streams() {
		OutputPolicy bound = this.policy.output();
		long maxBytes = (bound != null && bound.maxBytes() != null) ? bound.maxBytes() : 0;
		return new StreamPlan(this.input, (this.output != null) ? this.output : OutputTarget.discard(), this.error,
				maxBytes);
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
