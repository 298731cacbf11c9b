// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

/**
 * A system call failed.
 *
 * @since 0.1.0
 */
public class SystemCallFailure extends Exception {

	private static final long serialVersionUID = 1L;

	private final String call;

	private final int errno;

	private final String errnoName;

	private final String errnoText;

	/**
	 * Create a failure.
	 * @param call the name of the call or of the step
	 * @param errno the number of the error
	 * @param errnoName its name, such as {@code ENOENT}
	 * @param errnoText its text
	 */
	public SystemCallFailure(String call, int errno, String errnoName, String errnoText) {
		super("%s: %s (%s)".formatted(call, errnoName, errnoText));
		this.call = call;
		this.errno = errno;
		this.errnoName = errnoName;
		this.errnoText = errnoText;
	}

	/**
	 * Return the name of the call or of the step.
	 * @return the name
	 */
	public String call() {
		return this.call;
	}

	/**
	 * Return the number of the error.
	 * @return the number
	 */
	public int errno() {
		return this.errno;
	}

	/**
	 * Return the name of the error.
	 * @return the name
	 */
	public String errnoName() {
		return this.errnoName;
	}

	/**
	 * Return the text of the error.
	 * @return the text
	 */
	public String errnoText() {
		return this.errnoText;
	}

}
