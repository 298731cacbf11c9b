// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * Why a process was ended from this side.
 *
 * @since 0.1.0
 */
public enum TerminationReason {

	/**
	 * The wall timeout of its policy passed.
	 */
	TIMEOUT,

	/**
	 * The application called {@link ManagedProcess#close() close} or
	 * {@link ManagedProcess#destroy() destroy}, or the waiting thread was interrupted.
	 */
	CANCEL,

	/**
	 * An operator asked for it.
	 */
	OPERATOR,

	/**
	 * The launcher was closed.
	 */
	SHUTDOWN

}
