// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * How much of its standard input a process was given by the JVM. That it stops to read is
 * its right, and no failure.
 *
 * @param bytesWritten how many bytes the pipe took; those that the process left in it
 * count
 * @param complete whether the pipe took all there was, and then came to its end
 * @param brokenPipe whether the process left bytes that it could have had: it closed its
 * standard input, or ended, while some were waiting to be written
 * @since 0.1.0
 */
public record InputReport(long bytesWritten, boolean complete, boolean brokenPipe) {

	/**
	 * The JVM had nothing to write: standard input was {@code /dev/null} or a file.
	 */
	public static final InputReport NONE = new InputReport(0, true, false);

}
