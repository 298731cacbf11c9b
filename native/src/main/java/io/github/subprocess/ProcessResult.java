// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a process ended, what it used and what it said.
 *
 * @param id the id that the launcher gave it
 * @param policy the name of its policy, {@code none} for an ad-hoc command
 * @param pid its process id, which may belong to another process by now
 * @param status how it ended
 * @param outcome the same in one word, seen by its policy
 * @param terminationReason why it was ended from this side; {@code null} when it was not
 * @param forced whether SIGKILL was needed after the grace period
 * @param treeEnd what became of its descendants when it was ended
 * @param duration wall time from birth to its end
 * @param spawnDuration time from the call until exec was confirmed
 * @param mechanism how it was born
 * @param usage what it used
 * @param cgroup what the members of its cgroup have used together, {@code null} when none
 * was made for it
 * @param input how much of its standard input it was given by the JVM
 * @param output what it wrote to standard output, if that was captured; the numbers alone
 * for other targets that the JVM feeds, and for a stream of the application what had come
 * through its pipe when the process was gone
 * @param error the same of standard error
 * @since 0.1.0
 */
public record ProcessResult(String id, String policy, long pid, ExitStatus status, ProcessOutcome outcome,
		@Nullable TerminationReason terminationReason, boolean forced, TreeEnd treeEnd, Duration duration,
		Duration spawnDuration, SpawnMechanism mechanism, ResourceUsage usage, @Nullable CgroupUsage cgroup,
		InputReport input, CapturedOutput output, CapturedOutput error) {

	private static final int EXCERPT_LENGTH = 512;

	/**
	 * Return whether it ended as its policy wants it.
	 * @return whether the outcome is {@link ProcessOutcome#SUCCESS}
	 */
	public boolean isSuccess() {
		return this.outcome == ProcessOutcome.SUCCESS;
	}

	/**
	 * Return the captured standard output as UTF-8 text.
	 * @return the text
	 */
	public String outputText() {
		return this.output.text(StandardCharsets.UTF_8);
	}

	/**
	 * Return the captured standard output as lines of UTF-8 text.
	 * @return the lines, without their ends
	 */
	public List<String> outputLines() {
		return outputText().lines().toList();
	}

	/**
	 * Return the captured standard error as UTF-8 text.
	 * @return the text
	 */
	public String errorText() {
		return this.error.text(StandardCharsets.UTF_8);
	}

	/**
	 * Return how it ended, with the limits of its cgroup that were hit.
	 */
	String ending() {
		return this.status + ((this.cgroup != null) ? this.cgroup.limitsHit() : "");
	}

	String errorExcerpt() {
		String text = errorText().strip();
		if (text.isEmpty()) {
			return "";
		}
		return ": "
				+ ((text.length() > EXCERPT_LENGTH) ? "..." + text.substring(text.length() - EXCERPT_LENGTH) : text);
	}

	/**
	 * Return a description without what the process said.
	 */
	@Override
	public String toString() {
		return "ProcessResult[id=%s, policy=%s, pid=%d, status=%s, outcome=%s, duration=%s]".formatted(this.id,
				this.policy, this.pid, this.status, this.outcome, this.duration);
	}

}
