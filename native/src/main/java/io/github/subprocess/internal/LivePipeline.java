// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.ManagedPipeline;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OnStageFailure;
import io.github.subprocess.PipelineException;
import io.github.subprocess.PipelineResult;
import io.github.subprocess.ProcessInterruptedException;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SubprocessException;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.internal.live.LiveProcess;
import org.jspecify.annotations.Nullable;

/**
 * Processes that read from each other, and what the end of one means for the others.
 */
final class LivePipeline implements ManagedPipeline {

	private final List<LiveProcess> stages;

	private final OnStageFailure onFailure;

	private final CompletableFuture<?>[] ends;

	private volatile boolean isBeingEnded;

	LivePipeline(List<LiveProcess> stages, OnStageFailure onFailure) {
		this.stages = List.copyOf(stages);
		this.onFailure = onFailure;
		this.ends = this.stages.stream()
			.map((stage) -> stage.onGone().whenComplete((result, lost) -> gone(stage, result)))
			.toArray(CompletableFuture[]::new);
	}

	private void gone(LiveProcess stage, @Nullable ProcessResult result) {
		if (!this.isBeingEnded && this.onFailure == OnStageFailure.END_OTHERS
				&& (result == null || hasFailed(stage, result))) {
			terminate(TerminationReason.PIPELINE);
		}
	}

	@Override
	public List<ManagedProcess> stages() {
		return List.copyOf(this.stages);
	}

	@Override
	public CompletableFuture<PipelineResult> result() {
		return CompletableFuture.allOf(this.ends).thenApply((none) -> toResult());
	}

	@Override
	public PipelineResult awaitSuccess() {
		this.stages.forEach(this::awaitGone);
		PipelineResult result = toResult();
		if (result.failed() == null) {
			return result;
		}
		int guilty = result.stages().indexOf(result.failed());
		try {
			this.stages.get(guilty).awaitSuccess();
		}
		catch (SubprocessException ex) {
			throw new PipelineException(result, guilty, ex);
		}
		throw new IllegalStateException("Stage " + guilty + " has both failed and not failed");
	}

	private void awaitGone(LiveProcess stage) {
		try {
			stage.awaitGone();
		}
		catch (InterruptedException ex) {
			boolean left = this.stages.stream().allMatch(LiveProcess::isLeftOnInterrupt);
			if (!left) {
				terminate(TerminationReason.CANCEL);
			}
			Thread.currentThread().interrupt();
			throw new ProcessInterruptedException(stage.snapshot().policy(), stage.id(), left, ex);
		}
	}

	private PipelineResult toResult() {
		List<ProcessResult> results = this.stages.stream().map(LiveProcess::requireResult).toList();
		return new PipelineResult(results, firstFailure());
	}

	/**
	 * Whoever was ended because another one failed is not the one that failed first.
	 */
	private @Nullable ProcessResult firstFailure() {
		return this.stages.stream()
			.filter((stage) -> hasFailed(stage, stage.requireResult()))
			.min(Comparator.<LiveProcess, Boolean>comparing(LivePipeline::wasEndedForAnother)
				.thenComparing(LiveProcess::endedNanos, (a, b) -> Long.signum(a - b)))
			.map(LiveProcess::requireResult)
			.orElse(null);
	}

	private static boolean wasEndedForAnother(LiveProcess stage) {
		return stage.requireResult().terminationReason() == TerminationReason.PIPELINE;
	}

	private boolean hasFailed(LiveProcess stage, ProcessResult result) {
		if (stage.hasApplicationFailure()) {
			return true;
		}
		return !result.isSuccess() && !wroteInVain(stage, result);
	}

	/**
	 * A stage that nobody reads any more is told so by SIGPIPE (pipe(7)).
	 */
	private boolean wroteInVain(LiveProcess stage, ProcessResult result) {
		return stage != last() && result.terminationReason() == null
				&& result.status() instanceof ExitStatus.Signalled signalled
				&& signalled.signal() == ProcessSignal.PIPE.number();
	}

	@Override
	public void terminate(TerminationReason reason) {
		this.isBeingEnded = true;
		this.stages.forEach((stage) -> stage.terminate(reason));
	}

	@Override
	public void close() {
		terminate(TerminationReason.CANCEL);
		this.stages.forEach(LiveProcess::close);
	}

}
