// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

/**
 * Whether a program in a {@linkplain SandboxPolicy sandbox} reaches a network.
 *
 * @since 0.1.0
 */
public enum NetworkAccess {

	/**
	 * As the JVM.
	 */
	INHERIT,

	/**
	 * It makes no sockets but those of the file system and between its own processes
	 * (AF_UNIX): socket(2) fails with {@code EAFNOSUPPORT}, for the loopback interface
	 * too. A descriptor of a socket that it is given it may use.
	 */
	NONE

}
