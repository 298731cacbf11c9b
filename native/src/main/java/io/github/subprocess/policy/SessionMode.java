// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

/**
 * Whose session and process group a child belongs to. Only a child with a group of its
 * own can be ended together with its descendants.
 *
 * @since 0.1.0
 */
public enum SessionMode {

	/**
	 * The session and the group of the JVM: signals from the terminal reach the child,
	 * and only the child itself can be ended.
	 */
	INHERIT,

	/**
	 * A process group of its own in the session of the JVM (setpgid(2)).
	 */
	PROCESS_GROUP,

	/**
	 * A session and a process group of its own, without a controlling terminal
	 * (setsid(2)).
	 */
	NEW_SESSION

}
