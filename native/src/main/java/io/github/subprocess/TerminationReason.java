// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * Why a process was ended from this side.
 *
 * @since 0.1.0
 */
public enum TerminationReason {

	/**
	 * The wall deadline of its policy passed.
	 */
	TIMEOUT(ProcessOutcome.TIMEOUT),

	/**
	 * It wrote nothing for longer than its policy allows.
	 */
	IDLE_TIMEOUT(ProcessOutcome.IDLE_TIMEOUT),

	/**
	 * It used more CPU time than its policy allows.
	 */
	CPU_TIMEOUT(ProcessOutcome.CPU_TIMEOUT),

	/**
	 * The application called {@link ManagedProcess#close() close} or
	 * {@link ManagedProcess#destroy() destroy}, or the waiting thread was interrupted.
	 */
	CANCEL(ProcessOutcome.CANCELLED),

	/**
	 * Application code that feeds it or takes its output has failed.
	 */
	APPLICATION_FAILURE(ProcessOutcome.CANCELLED),

	/**
	 * Another stage of its pipeline has failed.
	 */
	PIPELINE(ProcessOutcome.CANCELLED),

	/**
	 * An operator asked for it.
	 */
	OPERATOR(ProcessOutcome.CANCELLED),

	/**
	 * The launcher was closed.
	 */
	SHUTDOWN(ProcessOutcome.CANCELLED);

	private final ProcessOutcome outcome;

	TerminationReason(ProcessOutcome outcome) {
		this.outcome = outcome;
	}

	/**
	 * Return what becomes of a process that is ended for this reason.
	 * @return the outcome
	 */
	public ProcessOutcome outcome() {
		return this.outcome;
	}

}
