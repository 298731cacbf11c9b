// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.SpawnFailure;
import jnr.constants.platform.Errno;

/**
 * Says that posix_spawn, or the libc at hand, cannot do what a plan asks for.
 */
final class Unsupported {

	static final int ERRNO = Errno.ENOTSUP.intValue();

	private Unsupported() {
	}

	static SpawnFailure failure(String what) {
		return Errors.spawn(ChildStep.POSIX_SPAWN, ERRNO, what);
	}

}
