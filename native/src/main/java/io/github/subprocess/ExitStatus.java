// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * How a process ended: by itself with a code, or by a signal. The two are never folded
 * into one number, since code 137 and SIGKILL are different facts (see wait(2)).
 *
 * @since 0.1.0
 */
public sealed interface ExitStatus {

	/**
	 * Return the one number that {@link Process#exitValue()} wants: the exit code, or 128
	 * plus the number of the signal, as shells do.
	 * @return 0 to 255
	 */
	int toExitValue();

	/**
	 * The process called exit.
	 *
	 * @param code its exit code, 0 to 255
	 */
	record Exited(int code) implements ExitStatus {

		@Override
		public int toExitValue() {
			return this.code;
		}

		@Override
		public String toString() {
			return "exit code " + this.code;
		}

	}

	/**
	 * A signal ended the process.
	 *
	 * @param signal the number of the signal, 1 to 64
	 * @param coreDumped whether the kernel wrote a core dump
	 */
	record Signalled(int signal, boolean coreDumped) implements ExitStatus {

		@Override
		public int toExitValue() {
			return 128 + this.signal;
		}

		@Override
		public String toString() {
			return ProcessSignal.nameOf(this.signal) + (this.coreDumped ? " (core dumped)" : "");
		}

	}

}
