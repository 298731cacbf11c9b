// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.subprocess.LeftOver;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.StopReport;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.internal.live.LiveProcess;

/**
 * The end of all processes that live, in the longest time that one of them is given. An
 * interrupt takes the grace periods away, and nothing else: whoever is not waited for is
 * not reaped either.
 */
final class Stop {

	private final List<LiveProcess> live;

	private long deadline;

	private boolean interrupted;

	private Stop(List<LiveProcess> live) {
		this.live = live;
		this.deadline = System.nanoTime() + longest(LiveProcess::longestTermination).toNanos();
	}

	/**
	 * Ask all to end, at once, and wait until they have.
	 * @param live the processes
	 * @return who has ended, and who has not
	 */
	static StopReport of(List<LiveProcess> live) {
		live.forEach((process) -> process.terminate(TerminationReason.SHUTDOWN));
		return new Stop(live).await();
	}

	private StopReport await() {
		List<ProcessSnapshot> left = new ArrayList<>();
		List<LeftOver> leftOvers = new ArrayList<>();
		int ended = 0;
		int forced = 0;
		for (LiveProcess process : this.live) {
			if (!awaitGone(process)) {
				left.add(process.snapshot());
				continue;
			}
			ProcessResult result = process.snapshot().result();
			if (result != null) {
				leftOvers.addAll(result.treeEnd().left());
			}
			if (result != null && result.forced()) {
				forced++;
			}
			else {
				ended++;
			}
		}
		if (this.interrupted) {
			Thread.currentThread().interrupt();
		}
		return new StopReport(ended, forced, left, leftOvers);
	}

	private boolean awaitGone(LiveProcess process) {
		while (true) {
			try {
				return process.awaitGone(this.deadline);
			}
			catch (InterruptedException ex) {
				hurry();
			}
		}
	}

	private void hurry() {
		if (!this.interrupted) {
			this.interrupted = true;
			this.live.forEach((process) -> process.kill(TerminationReason.SHUTDOWN));
			long sooner = System.nanoTime() + longest(LiveProcess::longestKill).toNanos();
			this.deadline = (sooner - this.deadline < 0) ? sooner : this.deadline;
		}
	}

	private Duration longest(Function<LiveProcess, Duration> time) {
		return this.live.stream().map(time).max(Duration::compareTo).orElse(Duration.ZERO);
	}

}
