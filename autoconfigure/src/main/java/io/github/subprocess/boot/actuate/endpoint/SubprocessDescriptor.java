// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of a live or recent process. What does not apply is {@code null} and left
 * out of the response.
 *
 * @param id id that the launcher gave it
 * @param pid its process id
 * @param policy name of its policy, {@code none} for an ad-hoc command
 * @param state where it is in its life
 * @param program file that was executed
 * @param arguments its arguments, sanitized
 * @param workingDirectory where it was started, sanitized
 * @param session whose session and group it belongs to
 * @param processGroup its process group, if it has one of its own
 * @param mechanism how it was born
 * @param closing how descriptors were closed in it
 * @param warnings what it was refused and was started without, if there is any
 * @param started when it was born
 * @param age time since then, while it is alive
 * @param spawnDuration time from the call until exec was confirmed
 * @param deadline when it will be ended, if it has a timeout
 * @param terminationReason why it is being, or was, ended from this side
 * @param duration wall time from birth to end
 * @param status how it ended, as text
 * @param exitCode its exit code, if it exited
 * @param signal signal that ended it, if one did
 * @param outcome how it ended, seen by its policy
 * @param forced whether SIGKILL was needed after the grace period
 * @param treeEnded how many others were ended together with it, if there were any
 * @param leftOvers those of its tree that live on, if there are any
 * @param cpuTime CPU time that it used
 * @param maxResidentBytes its largest resident set size
 * @param maxResidentExact whether that is exact, and not just an upper bound
 * @param outputBytes number of bytes that it wrote to standard output, if captured
 * @param errorBytes number of bytes that it wrote to standard error, if captured
 * @param outputTruncated whether some of what it wrote was dropped or not read
 * @param detail what is told only when it is asked for by its id
 * @since 0.1.0
 */
public record SubprocessDescriptor(String id, long pid, String policy, String state, String program,
		List<String> arguments, @Nullable String workingDirectory, String session, @Nullable Long processGroup,
		String mechanism, String closing, @Nullable List<SpawnWarningDescriptor> warnings, Instant started,
		@Nullable Duration age, Duration spawnDuration, @Nullable Instant deadline, @Nullable String terminationReason,
		@Nullable Duration duration, @Nullable String status, @Nullable Integer exitCode, @Nullable String signal,
		@Nullable String outcome, @Nullable Boolean forced, @Nullable Integer treeEnded,
		@Nullable List<LeftOverDescriptor> leftOvers, @Nullable Duration cpuTime, @Nullable Long maxResidentBytes,
		@Nullable Boolean maxResidentExact, @Nullable Long outputBytes, @Nullable Long errorBytes,
		@Nullable Boolean outputTruncated,
		@Nullable SubprocessDetailDescriptor detail) implements OperationResponseBody {

}
