// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import jnr.constants.platform.Errno;
import jnr.ffi.Runtime;

/**
 * The standard streams that a child shares with the JVM. Programs expect of them that
 * they block; the flag belongs to what both have in common.
 */
final class InheritedStreams {

	private static final int STREAMS = 3;

	private static final int F_GETFL = 3;

	private static final int F_SETFL = 4;

	private static final int O_NONBLOCK = 04000;

	private static final int EBADF = Errno.EBADF.intValue();

	private InheritedStreams() {
	}

	static void makeBlock(LibcFunctions libc, Runtime runtime, SpawnPlan plan) throws SpawnFailure {
		for (int stream = 0; stream < STREAMS; stream++) {
			int source = source(plan, stream);
			if (source >= STREAMS || makeBlock(libc, source) >= 0) {
				continue;
			}
			int errno = runtime.getLastError();
			if (errno != EBADF) {
				throw Errors.spawn(ChildStep.BLOCKING, errno,
						GuiltyArgument.of(plan, ChildStep.BLOCKING, stream, errno, 0));
			}
		}
	}

	private static int makeBlock(LibcFunctions libc, int descriptor) {
		int flags = libc.fcntl(descriptor, F_GETFL, 0);
		if (flags < 0 || (flags & O_NONBLOCK) == 0) {
			return flags;
		}
		return libc.fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK);
	}

	private static int source(SpawnPlan plan, int stream) {
		for (DescriptorMapping mapping : plan.descriptors()) {
			if (mapping.target() == stream) {
				return mapping.source();
			}
		}
		return stream;
	}

}
