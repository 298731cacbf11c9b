// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import io.github.subprocess.SpawnWarning;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SystemCallFailure;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;

/**
 * The one place where numbers of errors get their names.
 */
final class Errors {

	private Errors() {
	}

	static SystemCallFailure systemCall(String call, int errno) {
		return new SystemCallFailure(call, errno, name(errno), text(errno));
	}

	static SpawnFailure spawn(ChildStep step, int errno, @Nullable String subject) {
		return new SpawnFailure(step, errno, name(errno), text(errno), subject);
	}

	static SpawnWarning warning(ChildStep step, int errno, @Nullable String subject) {
		return new SpawnWarning(step.text(), errno, name(errno), text(errno), subject);
	}

	private static String name(int errno) {
		if (errno == 0) {
			return "none";
		}
		Errno constant = Errno.valueOf(errno);
		return (constant != Errno.__UNKNOWN_CONSTANT__) ? constant.name() : "errno " + errno;
	}

	private static String text(int errno) {
		if (errno == 0) {
			return "no error";
		}
		Errno constant = Errno.valueOf(errno);
		return (constant != Errno.__UNKNOWN_CONSTANT__) ? constant.description() : "unknown error";
	}

}
