// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

/**
 * What an operator can do to a process.
 */
enum OperatorAction {

	/**
	 * End it with those in the scope of its policy, with the grace period of its policy.
	 */
	TERMINATE,

	/**
	 * End it with those in the scope of its policy by SIGKILL.
	 */
	KILL,

	/**
	 * Signal it alone.
	 */
	SIGNAL;

	/**
	 * Return the type of the audit event.
	 */
	String auditType() {
		return "SUBPROCESS_" + name();
	}

}
