// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.subprocess.ManagedPipeline;
import io.github.subprocess.OnStageFailure;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.PipelineResult;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessLauncher.PipelineSpec;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is special about one launch of a pipeline.
 */
final class DefaultPipelineSpec implements PipelineSpec {

	private final DefaultProcessLauncher launcher;

	private final List<DefaultCommandSpec> stages;

	private OnStageFailure onFailure = OnStageFailure.END_OTHERS;

	private @Nullable Duration timeout;

	DefaultPipelineSpec(DefaultProcessLauncher launcher, List<ProcessLauncher.CommandSpec> stages) {
		this.launcher = launcher;
		if (stages.size() < 2) {
			throw new IllegalArgumentException("stages must be two at least: " + stages.size());
		}
		this.stages = stages.stream().map(this::ofSameLauncher).toList();
	}

	private DefaultCommandSpec ofSameLauncher(ProcessLauncher.CommandSpec stage) {
		if (stage instanceof DefaultCommandSpec ours && ours.isOf(this.launcher)) {
			return ours;
		}
		throw new IllegalArgumentException("stages must be commands of this launcher: " + stage);
	}

	@Override
	public PipelineSpec onFailure(OnStageFailure onFailure) {
		this.onFailure = Objects.requireNonNull(onFailure, "onFailure");
		return this;
	}

	@Override
	public PipelineSpec timeout(Duration timeout) {
		if (timeout.isNegative()) {
			throw new IllegalArgumentException("timeout must not be negative: " + timeout);
		}
		this.timeout = timeout;
		return this;
	}

	@Override
	public PipelineResult run() {
		return this.launcher.startPipeline(toLaunches(OutputTarget.capture()), this.onFailure).awaitSuccess();
	}

	@Override
	public ManagedPipeline start() {
		return this.launcher.startPipeline(toLaunches(OutputTarget.pipe()), this.onFailure);
	}

	private List<Launch> toLaunches(OutputTarget outputOfLast) {
		List<Launch> launches = new ArrayList<>();
		int last = this.stages.size() - 1;
		for (int i = 0; i <= last; i++) {
			Launch launch = this.stages.get(i).toLaunch();
			if (this.timeout != null) {
				launch = launch.withWallDeadline(this.timeout);
			}
			launch.checkStage(i, i == last);
			launches
				.add((i == last) ? launch.withOutputDefault(outputOfLast) : launch.withOutput(OutputTarget.discard()));
		}
		return launches;
	}

}
