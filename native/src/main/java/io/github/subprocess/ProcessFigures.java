// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What the kernel tells about a process that is there (proc_pid_stat(5), proc_pid_io(5)).
 *
 * @param pid its process id
 * @param parent the process id of its parent
 * @param name the name of its program, at most 15 characters; a process can choose it
 * @param activity what it is doing
 * @param threads how many threads it has
 * @param cpuTime CPU time of all its threads, in user mode and in the kernel, in steps of
 * 10 ms
 * @param residentBytes how much memory of it is in RAM, shared pages among it
 * @param bytesRead how many bytes it asked for in read calls, from whatever source;
 * {@code null} where the kernel does not tell this user
 * @param bytesWritten how many bytes it handed over in write calls, or {@code null}
 * @since 0.1.0
 */
public record ProcessFigures(long pid, long parent, String name, Activity activity, int threads, Duration cpuTime,
		long residentBytes, @Nullable Long bytesRead, @Nullable Long bytesWritten) {

	/**
	 * What a process is doing, seen by the scheduler.
	 */
	public enum Activity {

		/**
		 * It runs, or could.
		 */
		RUNNING('R'),

		/**
		 * It waits, and a signal wakes it.
		 */
		SLEEPING('S'),

		/**
		 * It waits in the kernel, as a rule for a disk, and even SIGKILL has to wait.
		 */
		BLOCKED('D'),

		/**
		 * A signal has stopped it.
		 */
		STOPPED('T'),

		/**
		 * A debugger has stopped it.
		 */
		TRACED('t'),

		/**
		 * It has ended and was not reaped yet.
		 */
		ZOMBIE('Z'),

		/**
		 * Something else.
		 */
		OTHER('?');

		private final char letter;

		Activity(char letter) {
			this.letter = letter;
		}

		/**
		 * Return the activity of a letter of the kernel.
		 * @param letter a state as {@code ps} shows it
		 * @return the activity
		 */
		public static Activity of(char letter) {
			for (Activity activity : values()) {
				if (activity.letter == letter) {
					return activity;
				}
			}
			return OTHER;
		}

	}

}
