// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import org.jspecify.annotations.Nullable;

/**
 * The native core cannot be used here: no build for this platform, no place to extract it
 * to, a library of another version, or a kernel that lacks what it needs.
 *
 * @since 0.1.0
 */
public final class NativeCoreUnavailableException extends SubprocessException {

	private static final long serialVersionUID = 1L;

	private final String remedy;

	/**
	 * Create an exception.
	 * @param reason what is wrong
	 * @param remedy what can be done about it
	 * @param cause where it comes from, if anything was thrown
	 */
	public NativeCoreUnavailableException(String reason, String remedy, @Nullable Throwable cause) {
		super(reason, cause);
		this.remedy = remedy;
	}

	/**
	 * Return what can be done about it.
	 * @return one or more sentences
	 */
	public String remedy() {
		return this.remedy;
	}

}
