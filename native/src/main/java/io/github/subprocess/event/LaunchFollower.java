// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.event;

import java.util.Map;

import io.github.subprocess.ProcessLostException;

/**
 * Goes with one launch until its process has ended. Of {@link #onNotStarted},
 * {@link #onEnded} and {@link #onLost} one is called, once, and nothing after it but
 * scopes of output that is still on its way. What a follower throws is reported to the
 * log of the JVM and harms neither the process nor other followers.
 *
 * @since 0.1.0
 */
public interface LaunchFollower {

	/**
	 * Return variables for the environment of the process. They replace what it would
	 * inherit from the JVM; what the policy or the launch unsets or sets itself stays as
	 * it is. Where several followers give the same variable, the first one counts. Called
	 * by the thread that launches, once.
	 * @return names and values; if one of them cannot be handed to a process, none is
	 */
	default Map<String, String> variables() {
		return Map.of();
	}

	/**
	 * The process has been started. Called by the thread that launches, after the
	 * {@linkplain ProcessListener listeners}.
	 * @param event what was started
	 */
	default void onStarted(ProcessStarted event) {
	}

	/**
	 * The launch has failed, and there is no process. Called by the thread that launches.
	 * @param failure what the launch throws: that the program could not be started, that
	 * there was no place, that a guard refused it or that an argument is wrong
	 */
	default void onNotStarted(Throwable failure) {
	}

	/**
	 * The process has ended and been reaped. Called after {@link #onStarted} has
	 * returned, by the thread that calls {@link ProcessListener#onEnded}.
	 * @param event what ended
	 */
	default void onEnded(ProcessEnded event) {
	}

	/**
	 * Nobody knows how the process has ended. Called by a thread of the launcher's
	 * executor.
	 * @param failure why
	 */
	default void onLost(ProcessLostException failure) {
	}

	/**
	 * Open a scope in the calling thread, in which lines of the process are written to
	 * the log: whatever the log shows of its thread is to belong to the launch.
	 * @return the scope, to be closed by the same thread
	 */
	default Scope openScope() {
		return Scope.NONE;
	}

	/**
	 * A stretch of what one thread does.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		/**
		 * Nothing to open and nothing to close.
		 */
		Scope NONE = () -> {
		};

		@Override
		void close();

	}

}
