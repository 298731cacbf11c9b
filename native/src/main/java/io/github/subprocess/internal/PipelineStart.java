// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.github.subprocess.OnStageFailure;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.internal.live.LiveProcess;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * Starts the stages of a pipeline from the first to the last. All of them find a place
 * before the first one is born, and none is left when one cannot be.
 */
final class PipelineStart {

	private final Launching launching;

	private final Engine engine;

	PipelineStart(Launching launching, Engine engine) {
		this.launching = launching;
		this.engine = engine;
	}

	LivePipeline start(List<Launch> launches, OnStageFailure onFailure) {
		Deque<Admitted> waiting = new ArrayDeque<>(this.launching.admit(launches, this.engine));
		List<LiveProcess> born = new ArrayList<>();
		try (Connections connections = connect(launches)) {
			while (!waiting.isEmpty()) {
				int stage = born.size();
				Admitted next = waiting.remove();
				Admitted connected = next.connected(connections.readingEnd(stage), connections.writingEnd(stage));
				born.add(this.launching.start(connected, this.engine, this.engine.reactor()));
				connections.born(stage);
			}
			return new LivePipeline(born, onFailure);
		}
		catch (RuntimeException | Error ex) {
			waiting.forEach((admitted) -> this.launching.abandon(admitted, ex));
			born.forEach((process) -> process.terminate(TerminationReason.PIPELINE));
			born.forEach(LiveProcess::close);
			throw ex;
		}
	}

	private Connections connect(List<Launch> launches) {
		long begun = System.nanoTime();
		try {
			return Connections.between(launches.size(), this.engine.system().descriptors());
		}
		catch (SystemCallFailure ex) {
			throw this.launching.startFailed(launches.get(0), begun, ex.call(), ex, "pipe between stages");
		}
	}

}
