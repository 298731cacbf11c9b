// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import org.jspecify.annotations.Nullable;

/**
 * Whether a child gets a terminal of its own: a pseudo-terminal (pty(7)) that is the
 * controlling terminal of its session and all three of its standard streams. This side
 * writes its input to it and reads standard output and standard error from it, as one
 * stream.
 *
 * @param enabled whether it gets one; undecided: it does not
 * @param rows how many rows it has, 1 to 65535; undecided: 24
 * @param columns how many columns it has, 1 to 65535; undecided: 80
 * @param mode how it treats what is written to it; undecided: {@link TerminalMode#COOKED}
 * @since 0.1.0
 */
public record TerminalPolicy(@Nullable Boolean enabled, @Nullable Integer rows, @Nullable Integer columns,
		@Nullable TerminalMode mode) {

	private static final TerminalPolicy UNDECIDED = new TerminalPolicy(null, null, null, null);

	private static final int LARGEST = 65535;

	public TerminalPolicy {
		ProcessPolicy.checkBetween("terminal.rows", rows, 1, LARGEST);
		ProcessPolicy.checkBetween("terminal.columns", columns, 1, LARGEST);
	}

	/**
	 * Return a policy that decides nothing.
	 * @return the policy to start from
	 */
	public static TerminalPolicy undecided() {
		return UNDECIDED;
	}

	public TerminalPolicy withEnabled(@Nullable Boolean enabled) {
		return new TerminalPolicy(enabled, this.rows, this.columns, this.mode);
	}

	public TerminalPolicy withRows(@Nullable Integer rows) {
		return new TerminalPolicy(this.enabled, rows, this.columns, this.mode);
	}

	public TerminalPolicy withColumns(@Nullable Integer columns) {
		return new TerminalPolicy(this.enabled, this.rows, columns, this.mode);
	}

	public TerminalPolicy withMode(@Nullable TerminalMode mode) {
		return new TerminalPolicy(this.enabled, this.rows, this.columns, mode);
	}

	/**
	 * Return this policy with what is undecided taken from another.
	 * @param other the policy beneath, or {@code null}
	 * @return the merged policy
	 */
	public TerminalPolicy orElse(@Nullable TerminalPolicy other) {
		if (other == null) {
			return this;
		}
		return new TerminalPolicy(ProcessPolicy.first(this.enabled, other.enabled),
				ProcessPolicy.first(this.rows, other.rows), ProcessPolicy.first(this.columns, other.columns),
				ProcessPolicy.first(this.mode, other.mode));
	}

}
