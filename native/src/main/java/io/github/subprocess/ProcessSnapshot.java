// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.subprocess.policy.SessionMode;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one process at one moment.
 *
 * @param id the id that the launcher gave it; never used twice by one launcher, unlike a
 * pid
 * @param pid its process id
 * @param policy the name of its policy, {@code none} for an ad-hoc command
 * @param state where it is in its life
 * @param program the file that was executed
 * @param arguments its arguments, the program's name not among them: may be confidential
 * @param workingDirectory where it was started; {@code null}: where the JVM runs
 * @param session whether it has a session or group of its own
 * @param processGroup its process group; 0 when it shares the JVM's
 * @param mechanism how it was born
 * @param closing how descriptors were closed in it
 * @param warnings what it was refused and was started without, as its policy allows
 * @param started when it was born
 * @param spawnDuration time from the call until exec was confirmed
 * @param deadline when it will be ended, {@code null} when it has no timeout
 * @param terminationReason why it is being, or was, ended from this side
 * @param result how it ended, {@code null} while it is alive
 * @since 0.1.0
 */
public record ProcessSnapshot(String id, long pid, String policy, State state, String program, List<String> arguments,
		@Nullable Path workingDirectory, SessionMode session, long processGroup, SpawnMechanism mechanism,
		DescriptorClosing closing, List<SpawnWarning> warnings, Instant started, Duration spawnDuration,
		@Nullable Instant deadline, @Nullable TerminationReason terminationReason, @Nullable ProcessResult result) {

	/**
	 * Where a process is in its life.
	 */
	public enum State {

		/**
		 * It runs.
		 */
		RUNNING,

		/**
		 * It was asked to end and has not yet.
		 */
		TERMINATING,

		/**
		 * It has ended; what it wrote last is still being read, or somebody else holds
		 * its output open.
		 */
		DRAINING,

		/**
		 * It is gone.
		 */
		ENDED

	}

}
