// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.util.Optional;

import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.ProcessSnapshot.State;
import io.github.subprocess.TerminationReason;
import org.jspecify.annotations.Nullable;

/**
 * What operators do to processes, each time with an audit event.
 */
final class ProcessOperations {

	static final int LONGEST_REASON = 200;

	private final ProcessRegistry processes;

	private final OperatorAudit audit;

	ProcessOperations(ProcessRegistry processes, OperatorAudit audit) {
		this.processes = processes;
		this.audit = audit;
	}

	/**
	 * Signal a process alone, or end it if no signal is given.
	 */
	OperationOutcome write(@Nullable String principal, String id, @Nullable ProcessSignal signal,
			@Nullable String reason) {
		if (isInvalid(reason)) {
			return OperationOutcome.INVALID;
		}
		if (signal == null) {
			return perform(principal, OperatorAction.TERMINATE, id, null, reason,
					() -> this.processes.terminate(id, TerminationReason.OPERATOR));
		}
		return perform(principal, OperatorAction.SIGNAL, id, signal, reason, () -> this.processes.signal(id, signal));
	}

	/**
	 * Kill a process with those in the scope of its policy.
	 */
	OperationOutcome kill(@Nullable String principal, String id, @Nullable String reason) {
		if (isInvalid(reason)) {
			return OperationOutcome.INVALID;
		}
		return perform(principal, OperatorAction.KILL, id, null, reason,
				() -> this.processes.kill(id, TerminationReason.OPERATOR));
	}

	/**
	 * Logs hold it: no line of its own making may get there.
	 */
	private static boolean isInvalid(@Nullable String reason) {
		return reason != null && (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl));
	}

	private OperationOutcome perform(@Nullable String principal, OperatorAction action, String id,
			@Nullable ProcessSignal signal, @Nullable String reason, Attempt attempt) {
		Optional<ProcessSnapshot> process = this.processes.find(id);
		if (process.isEmpty()) {
			return OperationOutcome.UNKNOWN;
		}
		boolean done = attempt.make();
		this.audit.publish(principal, action, process.get(), signal, reason, done);
		if (done || action != OperatorAction.SIGNAL) {
			return OperationOutcome.DONE;
		}
		return (process.get().state() == State.ENDED) ? OperationOutcome.ENDED : outcomeNow(id);
	}

	/**
	 * It was alive when it was found, and was not when it was to be signalled.
	 */
	private OperationOutcome outcomeNow(String id) {
		return this.processes.find(id).isPresent() ? OperationOutcome.ENDED : OperationOutcome.UNKNOWN;
	}

	/**
	 * Does something to a process.
	 */
	@FunctionalInterface
	private interface Attempt {

		/**
		 * Do it.
		 * @return whether there was a live process to do it to
		 */
		boolean make();

	}

}
