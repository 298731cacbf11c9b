// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * A descriptor that a process has open (proc_pid_fd(5)).
 *
 * @param number its number, 0 to 2 for the standard streams
 * @param kind what it stands for
 * @param target what the kernel calls it: a path, or as {@code pipe:[4711]}
 * @since 0.1.0
 */
public record OpenDescriptor(int number, Kind kind, String target) {

	/**
	 * Return the descriptor of a number, with the kind that its target tells.
	 * @param number its number
	 * @param target what the kernel calls it
	 * @return the descriptor
	 */
	public static OpenDescriptor of(int number, String target) {
		return new OpenDescriptor(number, Kind.of(target), target);
	}

	/**
	 * What a descriptor stands for.
	 */
	public enum Kind {

		/**
		 * A file or directory.
		 */
		FILE,

		/**
		 * A device, terminals aside.
		 */
		DEVICE,

		/**
		 * A terminal.
		 */
		TERMINAL,

		/**
		 * An end of a pipe.
		 */
		PIPE,

		/**
		 * A socket.
		 */
		SOCKET,

		/**
		 * Something without a name that the kernel made, as an epoll or a pidfd.
		 */
		ANONYMOUS;

		private static Kind of(String target) {
			if (target.startsWith("pipe:")) {
				return PIPE;
			}
			if (target.startsWith("socket:")) {
				return SOCKET;
			}
			if (target.startsWith("/dev/pts/") || target.startsWith("/dev/tty")) {
				return TERMINAL;
			}
			if (target.startsWith("/dev/") && !target.startsWith("/dev/shm/")) {
				return DEVICE;
			}
			return target.startsWith("/") ? FILE : ANONYMOUS;
		}

	}

}
