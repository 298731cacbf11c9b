// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.concurrent.RejectedExecutionException;

/**
 * A launch was refused before anything was tried: the launcher is stopped or closed, or
 * there was no place for another process. The message names whose limit that is.
 *
 * @since 0.1.0
 */
public final class ProcessRejectedException extends RejectedExecutionException {

	private static final long serialVersionUID = 1L;

	private final RejectionReason reason;

	/**
	 * Create an exception for a launcher that takes no launches.
	 * @param message why it does not
	 */
	public ProcessRejectedException(String message) {
		this(message, RejectionReason.STOPPED);
	}

	public ProcessRejectedException(String message, RejectionReason reason) {
		super(message);
		this.reason = reason;
	}

	/**
	 * Return why the launch was refused.
	 * @return the reason
	 */
	public RejectionReason reason() {
		return this.reason;
	}

}
