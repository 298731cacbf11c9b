// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.concurrent.RejectedExecutionException;

/**
 * A launch was refused before anything was tried: the launcher is closed.
 *
 * @since 0.1.0
 */
public final class ProcessRejectedException extends RejectedExecutionException {

	private static final long serialVersionUID = 1L;

	public ProcessRejectedException(String message) {
		super(message);
	}

}
