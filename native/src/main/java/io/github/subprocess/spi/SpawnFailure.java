// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

import org.jspecify.annotations.Nullable;

/**
 * A child could not be started. It has been reaped and nothing of it is left.
 *
 * @since 0.1.0
 */
public final class SpawnFailure extends SystemCallFailure {

	private static final long serialVersionUID = 1L;

	private final ChildStep step;

	private final @Nullable String subject;

	/**
	 * Create a failure.
	 * @param step the step that failed
	 * @param errno the number of the error
	 * @param errnoName its name
	 * @param errnoText its text
	 * @param subject the guilty argument, if the step has one
	 */
	public SpawnFailure(ChildStep step, int errno, String errnoName, String errnoText, @Nullable String subject) {
		super(step.text(), errno, errnoName, errnoText);
		this.step = step;
		this.subject = subject;
	}

	/**
	 * Return the step that failed.
	 * @return the step
	 */
	public ChildStep step() {
		return this.step;
	}

	/**
	 * Return the guilty argument.
	 * @return a path, a descriptor, a group; or {@code null}
	 */
	public @Nullable String subject() {
		return this.subject;
	}

}
