// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How the stages of a pipeline ended.
 *
 * @param stages the results of all stages, in their order
 * @param failed the stage that failed first, one of the stages; {@code null} when none
 * did
 * @since 0.1.0
 */
public record PipelineResult(List<ProcessResult> stages, @Nullable ProcessResult failed) {

	public PipelineResult {
		stages = List.copyOf(stages);
		if (stages.isEmpty()) {
			throw new IllegalArgumentException("stages must not be empty");
		}
	}

	/**
	 * Return whether no stage has failed. A stage has failed when its policy does not
	 * count its end as success, unless it was ended by SIGPIPE because a later stage read
	 * no more of it, as the first stage of {@code yes | head -n 1} is.
	 * @return whether that is so
	 */
	public boolean isSuccess() {
		return this.failed == null;
	}

	/**
	 * Return the result of the last stage, which holds what the pipeline wrote.
	 * @return the result
	 */
	public ProcessResult last() {
		return this.stages.get(this.stages.size() - 1);
	}

	/**
	 * Return what the last stage wrote to standard output, if that was captured.
	 * @return the output
	 */
	public CapturedOutput output() {
		return last().output();
	}

	/**
	 * Return what the last stage wrote to standard output as UTF-8 text.
	 * @return the text, empty unless it was captured
	 */
	public String outputText() {
		return last().outputText();
	}

}
