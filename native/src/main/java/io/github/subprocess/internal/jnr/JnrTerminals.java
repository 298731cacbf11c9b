// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.github.subprocess.policy.TerminalMode;
import io.github.subprocess.spi.DescriptorIo.Terminal;
import io.github.subprocess.spi.SystemCallFailure;
import jnr.constants.platform.Errno;
import jnr.ffi.Runtime;

/**
 * Makes pseudo-terminals by calls of libc. The child's end is asked of the one of this
 * side (TIOCGPTPEER), not looked up by a name, so it is right in any mount namespace. The
 * numbers are those of x86_64 and aarch64.
 */
final class JnrTerminals {

	private static final String STEP = "terminal";

	private static final byte[] MULTIPLEXER = { '/', 'd', 'e', 'v', '/', 'p', 't', 'm', 'x', 0 };

	private static final int O_RDWR = 02;

	private static final int O_NOCTTY = 0400;

	private static final int O_NONBLOCK = 04000;

	private static final int O_CLOEXEC = 02000000;

	private static final int F_DUPFD_CLOEXEC = 1030;

	private static final int TCGETS = 0x5401;

	private static final int TCSETS = 0x5402;

	private static final int TIOCSWINSZ = 0x5414;

	private static final int TIOCSPTLCK = 0x40045431;

	private static final int TIOCGPTPEER = 0x5441;

	/**
	 * At least that of the kernel's {@code struct termios}: four words of flags, a byte,
	 * 19 characters.
	 */
	private static final int TERMIOS_SIZE = 64;

	private static final int INPUT_FLAGS = 0;

	private static final int OUTPUT_FLAGS = 4;

	private static final int CONTROL_FLAGS = 8;

	private static final int LOCAL_FLAGS = 12;

	/**
	 * The word with the character VEOF, which is its second byte: 16 bytes of flags, one
	 * of the line discipline, and VEOF is the fifth character.
	 */
	private static final int END_OF_FILE = 20;

	private static final int ICANON = 02;

	/**
	 * ECHO, ECHOE, ECHOK, ECHONL.
	 */
	private static final int ALL_ECHO = 0170;

	// as cfmakeraw(3) has it
	private static final int NOT_RAW_INPUT = 02753;

	private static final int NOT_RAW_OUTPUT = 01;

	private static final int NOT_RAW_LOCAL = 0100113;

	private static final int CSIZE_AND_PARITY = 0460;

	private static final int CS8 = 060;

	private final LibcFunctions libc;

	private final Runtime runtime;

	JnrTerminals(LibcFunctions libc, Runtime runtime) {
		this.libc = libc;
		this.runtime = runtime;
	}

	Terminal open(int rows, int columns, TerminalMode mode) throws SystemCallFailure {
		if (FilterArchitecture.of(System.getProperty("os.arch", "")) == null) {
			throw Errors.systemCall(STEP, Errno.ENOTSUP.intValue());
		}
		int[] opened = { -1, -1, -1, -1 };
		try (NativeBlock unlocked = new NativeBlock(Long.BYTES)) {
			opened[0] = check(this.libc.open(MULTIPLEXER, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC, 0));
			unlocked.putInt(0, 0);
			check(this.libc.ioctl(opened[0], TIOCSPTLCK, unlocked.address()));
			opened[1] = check(this.libc.ioctl(opened[0], TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
			resize(opened[0], rows, columns);
			set(opened[1], mode);
			opened[2] = check(this.libc.fcntl(opened[0], F_DUPFD_CLOEXEC, 0));
			opened[3] = check(this.libc.fcntl(opened[0], F_DUPFD_CLOEXEC, 0));
			return new Terminal(opened[0], opened[2], opened[3], opened[1]);
		}
		catch (SystemCallFailure ex) {
			for (int descriptor : opened) {
				if (descriptor >= 0) {
					this.libc.close(descriptor);
				}
			}
			throw ex;
		}
	}

	private void set(int descriptor, TerminalMode mode) throws SystemCallFailure {
		if (mode == TerminalMode.COOKED) {
			return;
		}
		try (NativeBlock settings = new NativeBlock(TERMIOS_SIZE)) {
			check(this.libc.ioctl(descriptor, TCGETS, settings.address()));
			clear(settings, LOCAL_FLAGS, ALL_ECHO);
			if (mode == TerminalMode.RAW) {
				clear(settings, INPUT_FLAGS, NOT_RAW_INPUT);
				clear(settings, OUTPUT_FLAGS, NOT_RAW_OUTPUT);
				clear(settings, LOCAL_FLAGS, NOT_RAW_LOCAL);
				clear(settings, CONTROL_FLAGS, CSIZE_AND_PARITY);
				settings.putInt(CONTROL_FLAGS, settings.getInt(CONTROL_FLAGS) | CS8);
			}
			check(this.libc.ioctl(descriptor, TCSETS, settings.address()));
		}
	}

	private static void clear(NativeBlock settings, int flags, int bits) {
		settings.putInt(flags, settings.getInt(flags) & ~bits);
	}

	void resize(int descriptor, int rows, int columns) throws SystemCallFailure {
		try (NativeBlock size = new NativeBlock(Long.BYTES)) {
			// four numbers of 16 bits: rows, columns, and the same in pixels
			byte[] numbers = ByteBuffer.allocate(Long.BYTES)
				.order(ByteOrder.nativeOrder())
				.putShort((short) rows)
				.putShort((short) columns)
				.array();
			size.putBytes(0, numbers, numbers.length);
			check(this.libc.ioctl(descriptor, TIOCSWINSZ, size.address()));
		}
	}

	byte endOfInput(int descriptor) {
		try (NativeBlock settings = new NativeBlock(TERMIOS_SIZE)) {
			if (this.libc.ioctl(descriptor, TCGETS, settings.address()) < 0
					|| (settings.getInt(LOCAL_FLAGS) & ICANON) == 0) {
				return 0;
			}
			// on both architectures the lowest byte comes first
			return (byte) (settings.getInt(END_OF_FILE) >>> Byte.SIZE);
		}
	}

	private int check(int result) throws SystemCallFailure {
		if (result < 0) {
			throw Errors.systemCall(STEP, this.runtime.getLastError());
		}
		return result;
	}

}
