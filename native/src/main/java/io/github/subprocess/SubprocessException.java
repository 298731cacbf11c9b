// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import org.jspecify.annotations.Nullable;

/**
 * The root of what can go wrong with a process.
 *
 * @since 0.1.0
 */
public abstract class SubprocessException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	protected SubprocessException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
