// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.subprocess.LiveProcessUsage;
import io.github.subprocess.internal.tree.Families;
import io.github.subprocess.internal.tree.FiguresReader;

/**
 * Looks at many live processes at once. The event loops are asked first and answer while
 * the process table is read.
 */
final class UsageSurvey {

	private final List<Asked> asked;

	private UsageSurvey(Collection<LiveProcess> processes) {
		this.asked = processes.stream()
			.sorted(Comparator.comparing((process) -> process.identity().started()))
			.map((process) -> new Asked(process, process.inspector().silence()))
			.toList();
	}

	static List<LiveProcessUsage> of(Collection<LiveProcess> processes) {
		return new UsageSurvey(processes).make();
	}

	private List<LiveProcessUsage> make() {
		Map<Integer, List<Integer>> families = Families.read(leaders());
		awaitAnswers();
		return this.asked.stream().map((asked) -> usage(asked, families.getOrDefault(pid(asked), List.of()))).toList();
	}

	private Map<Integer, Boolean> leaders() {
		Map<Integer, Boolean> leaders = new HashMap<>();
		this.asked.forEach((asked) -> leaders.put(pid(asked), asked.process().identity().ownGroup() != 0));
		return leaders;
	}

	private static int pid(Asked asked) {
		return asked.process().identity().child().pid();
	}

	private static LiveProcessUsage usage(Asked asked, List<Integer> family) {
		long residentBytes = family.stream().mapToLong(FiguresReader::residentBytes).sum();
		boolean isThere = asked.process().inspector().isUnreaped();
		return new LiveProcessUsage(asked.process().snapshot(), isThere ? family.size() : 0,
				isThere ? residentBytes : 0, asked.silence().getNow(Optional.empty()).orElse(null));
	}

	/**
	 * A loop that does not answer is as stuck as what it watches: its processes are told
	 * without their silence.
	 */
	private void awaitAnswers() {
		CompletableFuture<?>[] answers = this.asked.stream().map(Asked::silence).toArray(CompletableFuture[]::new);
		try {
			CompletableFuture.allOf(answers).get(Inspector.LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			// those that have answered count
		}
	}

	/**
	 * A process whose event loop was asked.
	 *
	 * @param process who
	 * @param silence how long it has written nothing, sooner or later
	 */
	private record Asked(LiveProcess process, CompletableFuture<Optional<Duration>> silence) {

	}

}
