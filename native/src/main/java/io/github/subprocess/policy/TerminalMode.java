// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

/**
 * How a terminal treats what is written to it, until its program decides otherwise
 * (termios(3)).
 *
 * @since 0.1.0
 */
public enum TerminalMode {

	/**
	 * As a new terminal: input is given to the program line by line and echoed, control
	 * characters send signals, a new line of output becomes CR LF.
	 */
	COOKED,

	/**
	 * The same without the echo.
	 */
	NO_ECHO,

	/**
	 * Bytes pass as they are, in both directions.
	 */
	RAW

}
