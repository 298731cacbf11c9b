// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.LeftOver;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.StopReport;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.internal.live.LiveProcess;

/**
 * The end of all processes that live, in the longest time that one of them is given.
 */
final class Stop {

	private Stop() {
	}

	/**
	 * Ask all to end, at once, and wait until they have.
	 * @param live the processes
	 * @return who has ended, and who has not
	 */
	static StopReport of(List<LiveProcess> live) {
		live.forEach((process) -> process.terminate(TerminationReason.SHUTDOWN));
		Duration longest = live.stream()
			.map(LiveProcess::longestTermination)
			.max(Duration::compareTo)
			.orElse(Duration.ZERO);
		long deadline = System.nanoTime() + longest.toNanos();
		boolean interrupted = false;
		List<ProcessSnapshot> left = new ArrayList<>();
		List<LeftOver> leftOvers = new ArrayList<>();
		int ended = 0;
		int forced = 0;
		for (LiveProcess process : live) {
			try {
				if (!process.awaitGone(interrupted ? System.nanoTime() : deadline)) {
					left.add(process.snapshot());
					continue;
				}
			}
			catch (InterruptedException ex) {
				interrupted = true;
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
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return new StopReport(ended, forced, left, leftOvers);
	}

}
