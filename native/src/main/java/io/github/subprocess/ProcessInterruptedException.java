// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import org.jspecify.annotations.Nullable;

/**
 * The thread that waited for a process, or for a place for one, was interrupted. The
 * interrupt flag of the thread is set again. What becomes of the process is what
 * {@link io.github.subprocess.policy.OnInterrupt} of its policy says: it is being ended
 * as its policy wants it, or goes on and can be found by its {@link #id() id}.
 *
 * @since 0.1.0
 */
public final class ProcessInterruptedException extends SubprocessException {

	private static final long serialVersionUID = 1L;

	private final @Nullable String id;

	private final boolean left;

	/**
	 * Create an exception for a launch that waited for a place: there is no process.
	 * @param policy the name of the policy
	 * @param cause the interrupt
	 */
	public ProcessInterruptedException(String policy, InterruptedException cause) {
		super("Interrupted while waiting for a place for a process of policy '%s'".formatted(policy), cause);
		this.id = null;
		this.left = false;
	}

	/**
	 * Create an exception for a wait for a process.
	 * @param policy the name of the policy
	 * @param id the id of the process
	 * @param left whether the process goes on
	 * @param cause the interrupt
	 */
	public ProcessInterruptedException(String policy, String id, boolean left, InterruptedException cause) {
		super("Interrupted while waiting for the process of policy '%s' (id %s), which %s".formatted(policy, id,
				left ? "goes on" : "is being ended"), cause);
		this.id = id;
		this.left = left;
	}

	/**
	 * Return the id of the process that was waited for.
	 * @return its id, by which {@link ProcessRegistry} knows it; {@code null} when there
	 * was no process yet
	 */
	public @Nullable String id() {
		return this.id;
	}

	/**
	 * Return whether the process goes on, still watched by its launcher.
	 * @return whether it was left as it was
	 */
	public boolean isLeft() {
		return this.left;
	}

}
