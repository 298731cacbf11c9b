// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * A guard of a policy did not let a launch pass. Nothing was started. The message names
 * the policy, the guard and what it objects to; of arguments only their number and size.
 *
 * @since 0.1.0
 * @see io.github.subprocess.policy.GuardPolicy
 */
public final class LaunchRefusedException extends SubprocessException {

	private static final long serialVersionUID = 1L;

	private final String policy;

	private final String guard;

	private final String program;

	public LaunchRefusedException(String policy, String guard, String program, String reason) {
		super("Process policy '%s' does not let '%s' be launched: %s (%s)".formatted(policy, program, reason, guard),
				null);
		this.policy = policy;
		this.guard = guard;
		this.program = program;
	}

	/**
	 * Return whose guard it was.
	 * @return the name of the policy, {@value ProcessLauncher#NO_POLICY} for that of the
	 * defaults
	 */
	public String policy() {
		return this.policy;
	}

	/**
	 * Return which guard it was.
	 * @return its name below that of the policy, such as {@code guard.allowed-programs}
	 */
	public String guard() {
		return this.guard;
	}

	/**
	 * Return what was to be launched.
	 * @return the program as it was named
	 */
	public String program() {
		return this.program;
	}

}
