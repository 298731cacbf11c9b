// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.Serial;

import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * There is no guardian to be had, so that what was to be guarded must not run.
 */
public final class GuardianFailure extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final SystemCallFailure failure;

	GuardianFailure(SystemCallFailure failure) {
		super("The guardian of process groups cannot be started: " + failure.getMessage(), failure);
		this.failure = failure;
	}

	/**
	 * Return the system call that failed.
	 * @return the failure
	 */
	public SystemCallFailure failure() {
		return this.failure;
	}

	/**
	 * Return what it failed with.
	 * @return the call or the step of its birth that failed, and the guilty argument
	 */
	public String subject() {
		String call = this.failure.call();
		String subject = (this.failure instanceof SpawnFailure spawn) ? spawn.subject() : null;
		return (subject != null) ? call + " " + subject : call;
	}

}
