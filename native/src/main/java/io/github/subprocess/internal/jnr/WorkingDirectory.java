// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.SpawnFailure;
import jnr.constants.platform.Errno;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * The working directory of a child, opened and entered as far as the JVM can do that for
 * it. An error of posix_spawn does not tell the directory from the program; here the
 * directory fails as itself.
 */
final class WorkingDirectory implements AutoCloseable {

	/**
	 * For a descriptor that only stands for the path: to have one takes no right to read
	 * the directory.
	 */
	private static final int O_PATH = 010000000;

	private static final int O_CLOEXEC = 02000000;

	private static final int EINTR = Errno.EINTR.intValue();

	private static final int NONE = -1;

	private final LibcFunctions libc;

	private final int descriptor;

	WorkingDirectory(LibcFunctions libc, Runtime runtime, @Nullable String path) throws SpawnFailure {
		this.libc = libc;
		this.descriptor = (path != null) ? open(libc, runtime, path) : NONE;
	}

	private static int open(LibcFunctions libc, Runtime runtime, String path) throws SpawnFailure {
		// its entry for itself can be reached only where it is a directory that may be
		// entered
		byte[] self = NativeText.terminated(path.isEmpty() ? path : path + "/.");
		int descriptor;
		do {
			descriptor = libc.open(self, O_PATH | O_CLOEXEC, 0);
		}
		while (descriptor < 0 && runtime.getLastError() == EINTR);
		if (descriptor < 0) {
			throw Errors.spawn(ChildStep.CHDIR, runtime.getLastError(), path);
		}
		return descriptor;
	}

	void enter(SpawnActions actions) throws SpawnFailure {
		if (this.descriptor != NONE) {
			actions.changeDirectory(this.descriptor);
		}
	}

	@Override
	public void close() {
		if (this.descriptor != NONE) {
			this.libc.close(this.descriptor);
		}
	}

}
