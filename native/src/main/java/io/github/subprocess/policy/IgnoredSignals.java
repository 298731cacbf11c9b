// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

/**
 * What becomes of signals that the JVM ignores, for itself or since it was started so, as
 * by {@code nohup}: they would be ignored by a program too (execve(2)). Signals that the
 * JVM handles are at their default in a program in any case, and none is blocked.
 *
 * @since 0.1.0
 */
public enum IgnoredSignals {

	/**
	 * All signals are at their default: what a program expects. A pipeline does not end
	 * where SIGPIPE is ignored, and exit statuses get lost where SIGCHLD is.
	 */
	RESET,

	/**
	 * They stay ignored.
	 */
	KEEP

}
