// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

/**
 * Where a policy sends what a process writes to one of its standard streams.
 *
 * @since 0.1.0
 * @see StreamPolicy
 */
public enum StreamDestination {

	/**
	 * Into the result, see {@link io.github.subprocess.OutputTarget#capture()}.
	 */
	CAPTURE,

	/**
	 * To {@code /dev/null}, see {@link io.github.subprocess.OutputTarget#discard()}.
	 */
	DISCARD,

	/**
	 * Where the same stream of the JVM goes, see
	 * {@link io.github.subprocess.OutputTarget#inherit()}.
	 */
	INHERIT,

	/**
	 * Into the log, line by line, see {@link io.github.subprocess.OutputTarget#log()}.
	 */
	LOG,

	/**
	 * Where standard output goes, for standard error alone, see
	 * {@link io.github.subprocess.OutputTarget#merge()}.
	 */
	MERGE,

	/**
	 * Into a file that the process writes itself, see
	 * {@link io.github.subprocess.OutputTarget#file} and
	 * {@link io.github.subprocess.OutputTarget#append}.
	 */
	FILE

}
