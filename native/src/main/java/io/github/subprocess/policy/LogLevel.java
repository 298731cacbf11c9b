// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

/**
 * How loud something is told to the log.
 *
 * @since 0.1.0
 */
public enum LogLevel {

	/**
	 * Not at all.
	 */
	OFF,

	/**
	 * As a trace.
	 */
	TRACE,

	/**
	 * For debugging.
	 */
	DEBUG,

	/**
	 * For information.
	 */
	INFO,

	/**
	 * As a warning.
	 */
	WARN,

	/**
	 * As an error.
	 */
	ERROR

}
