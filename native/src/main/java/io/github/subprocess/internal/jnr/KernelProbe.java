// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.subprocess.KernelFeatures;
import jnr.constants.platform.Errno;
import jnr.ffi.Runtime;

/**
 * Tries system calls with arguments that each kernel which has them must refuse.
 */
final class KernelProbe {

	private static final Path CONTROLLERS = Path.of("/sys/fs/cgroup/cgroup.controllers");

	private KernelProbe() {
	}

	static KernelFeatures probe(LibcFunctions libc, Runtime runtime) {
		// arguments of no size; a range that ends before it begins
		boolean clone3 = isInvalid(runtime, libc.syscall(SystemCallNumbers.CLONE3, 0, 0, 0, 0, 0));
		boolean closeRange = isInvalid(runtime, libc.syscall(SystemCallNumbers.CLOSE_RANGE, 1, 0, 0, 0, 0));
		return new KernelFeatures(clone3, closeRange, Files.exists(CONTROLLERS));
	}

	private static boolean isInvalid(Runtime runtime, long result) {
		return result < 0 && runtime.getLastError() == Errno.EINVAL.intValue();
	}

}
