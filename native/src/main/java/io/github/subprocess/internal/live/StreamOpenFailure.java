// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import io.github.subprocess.spi.SystemCallFailure;

/**
 * A standard stream could not be opened.
 */
public final class StreamOpenFailure extends Exception {

	private static final long serialVersionUID = 1L;

	private final SystemCallFailure failure;

	private final String subject;

	StreamOpenFailure(SystemCallFailure failure, String subject) {
		super(failure);
		this.failure = failure;
		this.subject = subject;
	}

	/**
	 * Return what failed.
	 * @return the call and its error
	 */
	public SystemCallFailure failure() {
		return this.failure;
	}

	/**
	 * Return the guilty file or stream.
	 * @return a path, or the name of a stream
	 */
	public String subject() {
		return this.subject;
	}

}
