// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

/**
 * A limit on a {@link Resource}, in the unit of the resource.
 *
 * @param soft what is enforced, and what the child itself may raise up to the hard limit
 * @param hard what only a privileged process may raise
 * @since 0.1.0
 */
public record Limit(long soft, long hard) {

	/**
	 * No limit.
	 */
	public static final long UNLIMITED = -1;

	public Limit {
		check("soft", soft);
		check("hard", hard);
		if (hard != UNLIMITED && (soft == UNLIMITED || soft > hard)) {
			throw new IllegalArgumentException("soft must not be above hard: " + text(soft) + " > " + text(hard));
		}
	}

	private static void check(String name, long value) {
		if (value < UNLIMITED) {
			throw new IllegalArgumentException(name + " must not be negative: " + value);
		}
	}

	/**
	 * Return a limit that the child cannot raise.
	 * @param value soft and hard limit
	 * @return the limit
	 */
	public static Limit of(long value) {
		return new Limit(value, value);
	}

	@Override
	public String toString() {
		return (this.soft == this.hard) ? text(this.soft) : text(this.soft) + " to " + text(this.hard);
	}

	private static String text(long value) {
		return (value == UNLIMITED) ? "unlimited" : Long.toString(value);
	}

}
