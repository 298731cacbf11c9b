// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * The signals that are sent to processes by name, with their numbers on Linux (signal(7);
 * x86_64 and aarch64 agree).
 *
 * @since 0.1.0
 */
public enum ProcessSignal {

	HUP(1), INT(2), QUIT(3), ILL(4), TRAP(5), ABRT(6), BUS(7), FPE(8), KILL(9), USR1(10), SEGV(11), USR2(12), PIPE(13),
	ALRM(14), TERM(15), STKFLT(16), CHLD(17), CONT(18), STOP(19), TSTP(20), TTIN(21), TTOU(22), URG(23), XCPU(24),
	XFSZ(25), VTALRM(26), PROF(27), WINCH(28), IO(29), PWR(30), SYS(31);

	private final int number;

	ProcessSignal(int number) {
		this.number = number;
	}

	/**
	 * Return the number of this signal.
	 * @return 1 to 31
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Return the usual name of a signal.
	 * @param number a signal number, 1 to 64
	 * @return {@code SIGTERM}, {@code SIGRTMIN+3} or, out of range, {@code signal n}
	 */
	public static String nameOf(int number) {
		if (number >= 1 && number <= 31) {
			return "SIG" + values()[number - 1].name();
		}
		if (number >= 34 && number <= 64) {
			return (number == 34) ? "SIGRTMIN" : "SIGRTMIN+" + (number - 34);
		}
		return "signal " + number;
	}

}
