// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ResourceUsage;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.SystemCallFailure;
import jnr.constants.platform.Errno;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * What is asked and told about children that live, by system calls through libc: what
 * {@code wait.c} and {@code group.c} do in the native core.
 */
final class LibcChildren {

	private static final int P_PID = 1;

	private static final int P_PIDFD = 3;

	private static final long WNOHANG = 1;

	private static final long WEXITED = 4;

	private static final long WNOWAIT = 0x01000000;

	private static final long WALL = 0x40000000;

	private static final int CLD_EXITED = 1;

	private static final int CLD_DUMPED = 3;

	private static final int SIGINFO_SIZE = 128;

	private static final int SIGINFO_CODE = 8;

	private static final int SIGINFO_PID = 16;

	private static final int SIGINFO_STATUS = 24;

	private static final int RUSAGE_SIZE = 144;

	private static final int RUSAGE_SYSTEM_TIME = 16;

	private static final int RUSAGE_MAX_RSS = 32;

	private static final int RUSAGE_MINOR_FAULTS = 64;

	private static final int RUSAGE_MAJOR_FAULTS = 72;

	private static final int RUSAGE_VOLUNTARY_SWITCHES = 128;

	private static final int RUSAGE_INVOLUNTARY_SWITCHES = 136;

	private static final int RUSAGE_SELF = 0;

	private static final int EINTR = Errno.EINTR.intValue();

	private static final int EINVAL = Errno.EINVAL.intValue();

	private static final int ENOSYS = Errno.ENOSYS.intValue();

	private static final int EPERM = Errno.EPERM.intValue();

	private final LibcFunctions libc;

	private final Runtime runtime;

	private final int waitid;

	/**
	 * Create a view on children.
	 * @param libc the functions of libc
	 * @param runtime where JNR keeps errno
	 * @param waitid the number of the system call: the function of libc does not tell the
	 * resource usage
	 */
	LibcChildren(LibcFunctions libc, Runtime runtime, int waitid) {
		this.libc = libc;
		this.runtime = runtime;
		this.waitid = waitid;
	}

	/**
	 * Tell whether there are descriptors that stand for processes.
	 */
	static boolean hasPidfds(LibcFunctions libc) {
		int pidfd = (int) libc.syscall(SystemCallNumbers.PIDFD_OPEN, ProcessHandle.current().pid(), 0, 0, 0, 0);
		if (pidfd >= 0) {
			libc.close(pidfd);
		}
		return pidfd >= 0;
	}

	/**
	 * Make a descriptor for a child that has not been reaped.
	 */
	int openPidfd(int pid) throws SystemCallFailure {
		return (int) check("pidfd_open", this.libc.syscall(SystemCallNumbers.PIDFD_OPEN, pid, 0, 0, 0, 0));
	}

	/**
	 * Return what stands for a child where there are no descriptors for that.
	 */
	static int withoutPidfd(int pid) {
		return -pid;
	}

	/**
	 * Tell whether it is the kernel, or a sandbox, that has no pidfds.
	 */
	static boolean lacksPidfds(SystemCallFailure failure) {
		return failure.errno() == ENOSYS || failure.errno() == EPERM;
	}

	/**
	 * Kill and reap a child that has not been reaped.
	 */
	void discard(int pid) {
		this.libc.kill(pid, ProcessSignal.KILL.number());
		try (NativeBlock info = new NativeBlock(SIGINFO_SIZE)) {
			waitFor(P_PID, pid, info.address(), WEXITED | WALL, 0);
		}
	}

	@Nullable ExitRecord poll(int pidfd, boolean reap) throws SystemCallFailure {
		try (NativeBlock info = new NativeBlock(SIGINFO_SIZE); NativeBlock usage = new NativeBlock(RUSAGE_SIZE)) {
			long options = WEXITED | WALL | WNOHANG | (reap ? 0 : WNOWAIT);
			int kind = (pidfd >= 0) ? P_PIDFD : P_PID;
			check("waitid", waitFor(kind, Math.abs(pidfd), info.address(), options, usage.address()));
			return (info.getInt(SIGINFO_PID) != 0) ? new ExitRecord(status(info), usage(usage)) : null;
		}
	}

	private long waitFor(int kind, int number, long info, long options, long usage) {
		long result;
		do {
			result = this.libc.syscall(this.waitid, kind, number, info, options, usage);
		}
		while (result < 0 && this.runtime.getLastError() == EINTR);
		return result;
	}

	private static ExitStatus status(NativeBlock info) {
		int code = info.getInt(SIGINFO_CODE);
		int status = info.getInt(SIGINFO_STATUS);
		return (code == CLD_EXITED) ? new ExitStatus.Exited(status)
				: new ExitStatus.Signalled(status, code == CLD_DUMPED);
	}

	private ResourceUsage usage(NativeBlock usage) {
		long maxResidentKib = usage.getLong(RUSAGE_MAX_RSS);
		return new ResourceUsage(time(usage, 0), time(usage, RUSAGE_SYSTEM_TIME), maxResidentKib * 1024,
				maxResidentKib > maxResidentKibOfTheJvm(), usage.getLong(RUSAGE_MINOR_FAULTS),
				usage.getLong(RUSAGE_MAJOR_FAULTS), usage.getLong(RUSAGE_VOLUNTARY_SWITCHES),
				usage.getLong(RUSAGE_INVOLUNTARY_SWITCHES));
	}

	private static Duration time(NativeBlock usage, int offset) {
		return Duration.of(usage.getLong(offset), ChronoUnit.SECONDS)
			.plus(usage.getLong(offset + Long.BYTES), ChronoUnit.MICROS);
	}

	/**
	 * Return the largest resident set size of the JVM so far, which was not larger when
	 * any child of it was born.
	 */
	private long maxResidentKibOfTheJvm() {
		try (NativeBlock usage = new NativeBlock(RUSAGE_SIZE)) {
			return (this.libc.getrusage(RUSAGE_SELF, usage.address()) == 0) ? usage.getLong(RUSAGE_MAX_RSS)
					: Long.MAX_VALUE;
		}
	}

	void signal(int pidfd, int signal) throws SystemCallFailure {
		if (pidfd >= 0) {
			check("pidfd_send_signal", this.libc.syscall(SystemCallNumbers.PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0, 0));
		}
		else {
			check("kill", this.libc.kill(-pidfd, signal));
		}
	}

	void signalGroup(int group, int signal) throws SystemCallFailure {
		if (group <= 1) {
			throw Errors.systemCall("kill", EINVAL);
		}
		check("kill", this.libc.kill(-group, signal));
	}

	private long check(String call, long result) throws SystemCallFailure {
		if (result < 0) {
			throw Errors.systemCall(call, this.runtime.getLastError());
		}
		return result;
	}

}
