// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.event;

/**
 * Is told what happens to processes. All methods do nothing unless overridden. What a
 * listener throws is reported to the log of the JVM and harms neither the process nor
 * other listeners.
 *
 * @since 0.1.0
 */
public interface ProcessListener {

	/**
	 * A process has been started. Called by the thread that launched it, before the
	 * launch returns: be quick.
	 * @param event what was started
	 */
	default void onStarted(ProcessStarted event) {
	}

	/**
	 * A process could not be started. Called by the thread that tried.
	 * @param event what failed
	 */
	default void onStartFailed(ProcessStartFailed event) {
	}

	/**
	 * A launch was refused before anything was tried: the launcher is stopped, or there
	 * was no place for another process. Called by the thread that tried.
	 * @param event what was refused
	 */
	default void onRejected(ProcessRejected event) {
	}

	/**
	 * A guard of a policy did not let a launch pass. Called by the thread that tried.
	 * @param event what was refused
	 * @see io.github.subprocess.policy.GuardPolicy
	 */
	default void onRefused(ProcessRefused event) {
	}

	/**
	 * A process has ended and been reaped. Called after
	 * {@link #onStarted(ProcessStarted)} for the same process has returned: by the thread
	 * that waits in {@code run()} where that is a platform thread, before it returns from
	 * there, so be quick; elsewhere by a thread of the launcher's executor.
	 * @param event what ended
	 */
	default void onEnded(ProcessEnded event) {
	}

}
