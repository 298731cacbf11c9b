// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.concurrent.CompletableFuture;

/**
 * A {@link Process} that knows more: its policy, how it was born, how it ended and what
 * it used; and that can be ended in bounded time, together with its group or whoever else
 * its policy says. Safe for use by many threads.
 * <p>
 * The methods of {@link Process} behave as specified there, with these clarifications:
 * <ul>
 * <li>{@link #destroy()} begins the termination of the policy: its signal to the process
 * and to those in its {@link io.github.subprocess.policy.TerminationScope scope}, the
 * grace period, SIGKILL. {@link #destroyForcibly()} sends SIGKILL to all of them. Neither
 * closes streams.
 * <li>{@link #exitValue()} and {@link #waitFor()} give 128 plus the number of the signal
 * for a process that a signal ended; {@link #result()} tells the two apart.
 * <li>{@link #getOutputStream()} discards and {@link #getInputStream()} and
 * {@link #getErrorStream()} are empty unless the stream in question was made a pipe.
 * <li>{@link #toHandle()} is the handle of the JDK; when it is asked for the first time
 * after the end, one that is not alive and knows nothing but the pid. The handle of the
 * JDK counts a process as alive until it has been reaped; {@link #isAlive()} does not.
 * <li>{@link #onExit()} and {@link #result()} are completed by the launcher's executor.
 * </ul>
 *
 * @since 0.1.0
 */
public abstract class ManagedProcess extends Process implements AutoCloseable {

	protected ManagedProcess() {
	}

	/**
	 * Return the id that the launcher gave it: never used twice by one launcher, unlike a
	 * pid.
	 * @return the id
	 */
	public abstract String id();

	/**
	 * Return what is known of it now.
	 * @return a picture of this moment
	 */
	public abstract ProcessSnapshot snapshot();

	/**
	 * Return the future of the result. It is completed when the process has ended, has
	 * been reaped and its captured streams have been read, whatever its exit status; it
	 * never completes exceptionally because of that, but because application code failed
	 * that fed it or took its output. To cancel the future does not end the process.
	 * @return the result to come
	 */
	public abstract CompletableFuture<ProcessResult> result();

	/**
	 * Wait until it has ended, has been reaped and its captured streams have been read.
	 * Only its timeout bounds the wait.
	 * @return how it ended, which counts as success
	 * @throws ProcessExitException if it ended in another way
	 * @throws ProcessTimeoutException if it did not end in time
	 * @throws ProcessInputException if what fed it failed
	 * @throws ProcessOutputException if what took its output failed
	 * @throws ProcessInterruptedException if this thread was interrupted meanwhile; the
	 * process is being ended then, unless its policy says
	 * {@link io.github.subprocess.policy.OnInterrupt#LEAVE}
	 */
	public abstract ProcessResult awaitSuccess();

	/**
	 * Signal the process alone. There is no race with the reuse of its pid.
	 * @param signal what to send
	 * @return whether it was alive to get the signal
	 */
	public abstract boolean signal(ProcessSignal signal);

	/**
	 * Change the size of its terminal, of which the foreground group hears by SIGWINCH.
	 * Does nothing when the process has ended.
	 * @param rows how many rows, 1 to 65535
	 * @param columns how many columns, 1 to 65535
	 * @throws IllegalArgumentException if there cannot be so many
	 * @throws IllegalStateException if it has no terminal
	 */
	public abstract void resizeTerminal(int rows, int columns);

	/**
	 * Begin to end it with those in the scope of its policy and return at once: the
	 * signal of its policy, after the grace period SIGKILL. Does nothing when it has
	 * ended or is being ended.
	 * @param reason why
	 */
	public abstract void terminate(TerminationReason reason);

	/**
	 * End it with those in the scope of its policy, and close its streams. Waits until it
	 * is gone: at most the grace period of its policy and a few seconds, which only a
	 * process that is stuck in the kernel needs. An interrupt cuts the grace period short
	 * and is kept for the caller.
	 */
	@Override
	public abstract void close();

}
