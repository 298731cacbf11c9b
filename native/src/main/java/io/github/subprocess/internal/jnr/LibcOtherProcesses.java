// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import io.github.subprocess.spi.OtherProcesses;
import io.github.subprocess.spi.SystemCallFailure;
import jnr.ffi.Runtime;

/**
 * Other processes, by system calls through libc.
 */
final class LibcOtherProcesses implements OtherProcesses {

	private static final int PR_SET_CHILD_SUBREAPER = 36;

	private final LibcFunctions libc;

	private final Runtime runtime;

	LibcOtherProcesses(LibcFunctions libc, Runtime runtime) {
		this.libc = libc;
		this.runtime = runtime;
	}

	@Override
	public int open(int pid) throws SystemCallFailure {
		return (int) check("pidfd_open", this.libc.syscall(SystemCallNumbers.PIDFD_OPEN, pid, 0, 0, 0, 0));
	}

	@Override
	public void adoptOrphans() throws SystemCallFailure {
		check("prctl", this.libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
	}

	private long check(String call, long result) throws SystemCallFailure {
		if (result < 0) {
			throw Errors.systemCall(call, this.runtime.getLastError());
		}
		return result;
	}

}
