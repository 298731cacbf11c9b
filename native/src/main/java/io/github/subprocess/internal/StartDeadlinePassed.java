// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;

import io.github.subprocess.spi.SystemCallFailure;

/**
 * A program was not started in time.
 */
final class StartDeadlinePassed extends SystemCallFailure {

	private static final long serialVersionUID = 1L;

	private static final int ETIMEDOUT = 110;

	StartDeadlinePassed(Duration deadline) {
		super("start deadline", ETIMEDOUT, "ETIMEDOUT", "not born within " + deadline);
	}

}
