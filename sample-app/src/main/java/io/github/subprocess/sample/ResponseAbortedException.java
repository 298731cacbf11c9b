// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;

/**
 * A program failed after some of its output had been sent. Nobody handles this, so that
 * the server closes the connection and the client can tell half a file from a whole one.
 */
class ResponseAbortedException extends IOException {

	private static final long serialVersionUID = 1L;

	ResponseAbortedException(String policy, Throwable cause) {
		super("Response of policy '" + policy + "' aborted", cause);
	}

}
