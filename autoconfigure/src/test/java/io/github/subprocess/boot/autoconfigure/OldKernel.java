// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * Plays a kernel that has neither Landlock nor filters of system calls, for the thread
 * that asks for it and all that is born of it: their calls are unknown (seccomp(2)). This
 * stays so until the JVM ends.
 */
final class OldKernel {

	private static final int PR_SET_SECCOMP = 22;

	private static final int PR_SET_NO_NEW_PRIVS = 38;

	private static final int FILTER = 2;

	private static final int LOAD_WORD = 0x20;

	private static final int JUMP_IF_EQUAL = 0x15;

	private static final int RETURN = 0x06;

	private static final int ALLOW = 0x7fff0000;

	private static final int REFUSE = 0x00050000;

	private static final int ENOSYS = 38;

	private static final int LANDLOCK_CREATE_RULESET = 444;

	private static final int SECCOMP = System.getProperty("os.arch").equals("amd64") ? 317 : 277;

	private OldKernel() {
	}

	/**
	 * Begin to play.
	 */
	static void play() {
		long[] program = { instruction(LOAD_WORD, 0, 0, 0), instruction(JUMP_IF_EQUAL, 1, 0, LANDLOCK_CREATE_RULESET),
				instruction(JUMP_IF_EQUAL, 0, 1, SECCOMP), instruction(RETURN, 0, 0, REFUSE | ENOSYS),
				instruction(RETURN, 0, 0, ALLOW) };
		Libc libc = LibraryLoader.create(Libc.class).load("c");
		Pointer filter = Memory.allocateDirect(Runtime.getRuntime(libc), 16 + 8 * program.length);
		filter.putInt(0, program.length);
		filter.putAddress(8, filter.address() + 16);
		for (int i = 0; i < program.length; i++) {
			filter.putLong(16 + 8L * i, program[i]);
		}
		if (libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
				|| libc.prctl(PR_SET_SECCOMP, FILTER, filter.address(), 0, 0) != 0) {
			throw new IllegalStateException("The kernel takes no filter");
		}
	}

	/**
	 * Encode a {@code struct sock_filter} of a machine of little endian.
	 */
	private static long instruction(int code, int ifTrue, int ifFalse, int operand) {
		return code | (long) ifTrue << 16 | (long) ifFalse << 24 | (long) operand << 32;
	}

	/**
	 * The C library.
	 */
	public interface Libc {

		int prctl(int option, long second, long third, long fourth, long fifth);

	}

}
