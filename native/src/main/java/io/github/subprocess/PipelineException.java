// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * A stage of a pipeline has failed. The cause is what the stage would have failed with if
 * it had been run by itself: a {@link ProcessExitException}, a
 * {@link ProcessTimeoutException}, a {@link ProcessInputException}.
 *
 * @since 0.1.0
 */
public final class PipelineException extends SubprocessException {

	private static final long serialVersionUID = 1L;

	private final transient PipelineResult result;

	private final int stage;

	/**
	 * Create an exception.
	 * @param result how all stages ended
	 * @param stage which one failed first, counted from 0
	 * @param cause how it failed
	 */
	public PipelineException(PipelineResult result, int stage, SubprocessException cause) {
		super("Stage %d of the %d of a pipeline has failed: %s".formatted(stage + 1, result.stages().size(),
				cause.getMessage()), cause);
		this.result = result;
		this.stage = stage;
	}

	/**
	 * Return how all stages ended.
	 * @return the result
	 */
	public PipelineResult result() {
		return this.result;
	}

	/**
	 * Return which stage failed first.
	 * @return its index, 0 for the first one
	 */
	public int stage() {
		return this.stage;
	}

}
