// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.policy.TerminalPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the terminal of a policy.
 */
final class TerminalCompiler {

	private static final int STANDARD_INPUT = 0;

	private TerminalCompiler() {
	}

	/**
	 * Compile a terminal.
	 * @param policy the policy that may have one
	 * @return the descriptor of the child that becomes its controlling terminal,
	 * {@code null} if it has none
	 * @throws IllegalArgumentException if the child does not lead a session
	 */
	static @Nullable Integer compile(ProcessPolicy policy) {
		TerminalPolicy terminal = policy.terminal();
		if (terminal == null || !Boolean.TRUE.equals(terminal.enabled())) {
			return null;
		}
		SessionMode session = policy.session();
		if (session != null && session != SessionMode.NEW_SESSION) {
			throw new IllegalArgumentException("terminal.enabled must not be true with session " + session
					+ ": only who leads a session of its own can have a terminal, which is NEW_SESSION");
		}
		return STANDARD_INPUT;
	}

}
