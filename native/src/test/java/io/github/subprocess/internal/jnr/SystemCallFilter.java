// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import jnr.constants.platform.Errno;

/**
 * A kernel that refuses: makes a thread, and what is born of it, find system calls
 * refused (seccomp(2)). The thread ends afterwards, and the filter with it.
 */
final class SystemCallFilter {

	private static final int PR_SET_SECCOMP = 22;

	private static final int PR_SET_NO_NEW_PRIVS = 38;

	private static final int FILTER = 2;

	private static final int LOAD_WORD = 0x20;

	private static final int JUMP_IF_EQUAL = 0x15;

	private static final int JUMP_IF_ANY_BIT = 0x45;

	private static final int RETURN = 0x06;

	private static final int ALLOW = 0x7fff0000;

	private static final int REFUSE = 0x00050000;

	private static final int KILL_PROCESS = 0x80000000;

	private static final int ARGUMENTS = 16;

	private static final boolean X86_64 = System.getProperty("os.arch").equals("amd64");

	private final List<long[]> program = new ArrayList<>();

	/**
	 * Refuse a call.
	 */
	SystemCallFilter refuse(Call call, Errno errno) {
		add(LOAD_WORD, 0, 0, 0);
		add(JUMP_IF_EQUAL, 0, 1, call.number());
		add(RETURN, 0, 0, REFUSE | errno.intValue());
		return this;
	}

	/**
	 * Refuse a call with a certain argument.
	 */
	SystemCallFilter refuse(Call call, int argument, int value, Errno errno) {
		return refuseIf(JUMP_IF_EQUAL, call, argument, value, errno);
	}

	/**
	 * Refuse a call with a flag.
	 */
	SystemCallFilter refuseFlag(Call call, int argument, int flag, Errno errno) {
		return refuseIf(JUMP_IF_ANY_BIT, call, argument, flag, errno);
	}

	private SystemCallFilter refuseIf(int condition, Call call, int argument, int value, Errno errno) {
		add(LOAD_WORD, 0, 0, 0);
		add(JUMP_IF_EQUAL, 0, 3, call.number());
		add(LOAD_WORD, 0, 0, ARGUMENTS + 8 * argument);
		add(condition, 0, 1, value);
		add(RETURN, 0, 0, REFUSE | errno.intValue());
		return this;
	}

	/**
	 * Kill the process that makes a call.
	 */
	SystemCallFilter kill(Call call) {
		add(LOAD_WORD, 0, 0, 0);
		add(JUMP_IF_EQUAL, 0, 1, call.number());
		add(RETURN, 0, 0, KILL_PROCESS);
		return this;
	}

	private void add(int code, int ifTrue, int ifFalse, int operand) {
		this.program.add(new long[] { code, ifTrue, ifFalse, operand });
	}

	/**
	 * Do something where the calls are refused.
	 */
	<T> T call(Callable<T> task) throws Exception {
		add(RETURN, 0, 0, ALLOW);
		FutureTask<T> future = new FutureTask<>(() -> {
			install();
			return task.call();
		});
		Thread thread = new Thread(future, "filtered");
		thread.start();
		try {
			return future.get(5, TimeUnit.MINUTES);
		}
		finally {
			thread.join(TimeUnit.MINUTES.toMillis(5));
		}
	}

	private void install() {
		try (NativeBlock filter = new NativeBlock(16 + 8L * this.program.size())) {
			filter.putInt(0, this.program.size());
			filter.putLong(8, filter.address() + 16);
			for (int i = 0; i < this.program.size(); i++) {
				long[] line = this.program.get(i);
				filter.putInt(16 + 8L * i, (int) (line[0] | line[1] << 16 | line[2] << 24));
				filter.putInt(16 + 8L * i + 4, (int) line[3]);
			}
			if (TestDescriptors.TEST_LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
					|| TestDescriptors.TEST_LIBC.prctl(PR_SET_SECCOMP, FILTER, filter.address(), 0, 0) != 0) {
				throw new IllegalStateException("The kernel takes no filter");
			}
		}
	}

	/**
	 * What can be refused, with its numbers on x86_64 and aarch64.
	 */
	enum Call {

		CLONE(56, 220), CLONE3(435, 435), CLOSE_RANGE(436, 436), FCNTL(72, 25), LANDLOCK_CREATE_RULESET(444, 444),
		LANDLOCK_RESTRICT_SELF(446, 446), SECCOMP(317, 277), OPENAT(257, 56), PIDFD_OPEN(434, 434),
		PIDFD_SEND_SIGNAL(424, 424), PIPE2(293, 59), PRCTL(157, 167), RT_SIGACTION(13, 134), RT_SIGPROCMASK(14, 135),
		SETGROUPS(116, 159), SETPRIORITY(141, 140), SETRESGID(119, 149), SETRESUID(117, 147), SETSID(112, 157),
		UMASK(95, 166), WRITE(1, 64);

		private final int x86;

		private final int arm;

		Call(int x86, int arm) {
			this.x86 = x86;
			this.arm = arm;
		}

		int number() {
			return X86_64 ? this.x86 : this.arm;
		}

	}

}
