// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.subprocess.CapturedOutput;
import io.github.subprocess.CgroupFigures;
import io.github.subprocess.CgroupUsage;
import io.github.subprocess.DeadlinesLeft;
import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.ExitStatus;
import io.github.subprocess.InputReport;
import io.github.subprocess.OpenDescriptor;
import io.github.subprocess.ProcessFigures;
import io.github.subprocess.ProcessFigures.Activity;
import io.github.subprocess.ProcessInspection;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.ResourceUsage;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.SpawnWarning;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.TreeEnd;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;

/**
 * Processes to describe.
 */
final class Snapshots {

	static final Instant STARTED = Instant.parse("2026-11-24T02:17:53.120Z");

	private Snapshots() {
	}

	static ProcessSnapshot running(String id, String policy) {
		return new ProcessSnapshot(id, 48213, policy, ProcessSnapshot.State.RUNNING, "/usr/bin/ffmpeg",
				List.of("-i", "secret.mp4"), Path.of("/var/spool/media"), SessionMode.NEW_SESSION, 48213,
				SpawnMechanism.VFORK, DescriptorClosing.CLOSE_RANGE, List.of(), STARTED, Duration.ofNanos(2_100_000),
				STARTED.plusSeconds(1800), null, null);
	}

	static ProcessSnapshot inTheGroupOfTheJvm(String id) {
		return new ProcessSnapshot(id, 48214, "none", ProcessSnapshot.State.TERMINATING, "/bin/sleep", List.of(), null,
				SessionMode.INHERIT, 0, SpawnMechanism.FORK, DescriptorClosing.PROC_SELF_FD, List.of(), STARTED,
				Duration.ZERO, null, TerminationReason.OPERATOR, null);
	}

	static ProcessSnapshot withWarnings(String id, String policy, SpawnWarning... warnings) {
		return new ProcessSnapshot(id, 48215, policy, ProcessSnapshot.State.RUNNING, "/bin/sleep", List.of(), null,
				SessionMode.NEW_SESSION, 48215, SpawnMechanism.POSIX_SPAWN, DescriptorClosing.NONE, List.of(warnings),
				STARTED, Duration.ZERO, null, null, null);
	}

	static ProcessSnapshot ended(String id, String policy, ExitStatus status, ProcessOutcome outcome) {
		return ended(id, policy, status, outcome, TreeEnd.ALONE);
	}

	static ProcessSnapshot ended(String id, String policy, ExitStatus status, ProcessOutcome outcome, TreeEnd treeEnd) {
		CapturedOutput output = new CapturedOutput(new byte[0], new byte[0], 12, false, true);
		CapturedOutput error = new CapturedOutput(new byte[0], new byte[0], 100, true, true);
		ProcessResult result = new ProcessResult(id, policy, 47990, status, outcome, TerminationReason.TIMEOUT, true,
				treeEnd, Duration.ofMillis(65004), Duration.ofMillis(2), SpawnMechanism.VFORK,
				new ResourceUsage(Duration.ofMillis(150), Duration.ofMillis(50), 123, true, 0, 0, 0, 0),
				new CgroupUsage(Duration.ofMillis(150), Duration.ofMillis(60), null, 9500L, 1L, null), InputReport.NONE,
				output, error);
		return new ProcessSnapshot(id, 47990, policy, ProcessSnapshot.State.ENDED, "/usr/bin/soffice", List.of("in"),
				null, SessionMode.PROCESS_GROUP, 47990, SpawnMechanism.VFORK, DescriptorClosing.CLOSE_RANGE, List.of(),
				STARTED, Duration.ofMillis(2), null, TerminationReason.TIMEOUT, result);
	}

	static ProcessInspection inspected(ProcessSnapshot process, ProcessPolicy policy) {
		if (process.result() != null) {
			return new ProcessInspection(process, policy, null, List.of(), List.of(), null, DeadlinesLeft.NONE,
					CapturedOutput.NONE, text("the end\n"));
		}
		return new ProcessInspection(process, policy, figures(process.pid(), 1, "ffmpeg"),
				List.of(figures(48300, process.pid(), "helper")),
				List.of(OpenDescriptor.of(0, "/dev/null"), OpenDescriptor.of(1, "pipe:[4711]"),
						OpenDescriptor.of(5, "/secret/place")),
				new CgroupFigures(
						new CgroupUsage(Duration.ofMillis(1200), Duration.ofMillis(300), Duration.ZERO, 9000L, 0L, 2L),
						8192L, 4L),
				new DeadlinesLeft(Duration.ofSeconds(1710), null, Duration.ofSeconds(60)), text("frame 1\n"),
				CapturedOutput.NONE);
	}

	private static ProcessFigures figures(long pid, long parent, String name) {
		return new ProcessFigures(pid, parent, name, Activity.RUNNING, 3, Duration.ofMillis(1500), 4096, 17L, null);
	}

	private static CapturedOutput text(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new CapturedOutput(new byte[0], bytes, bytes.length, false, false);
	}

}
