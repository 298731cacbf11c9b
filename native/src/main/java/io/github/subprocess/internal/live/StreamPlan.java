// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Flow;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.policy.TerminalPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Where the standard streams of a process come from and go to.
 *
 * @param input where standard input comes from
 * @param output where standard output goes
 * @param connection the writing end of a pipe to another process, where standard output
 * goes instead; not closed here. {@code null}: there is none
 * @param error where standard error goes
 * @param maxCapturedBytes how much of each captured stream is kept
 * @param pipeBytes how much each pipe should hold; 0: what it holds from birth
 * @param terminal the terminal that all streams are instead, {@code null}: there is none
 */
public record StreamPlan(Input input, OutputTarget output, @Nullable Integer connection, OutputTarget error,
		long maxCapturedBytes, int pipeBytes, @Nullable TerminalPolicy terminal) {

	/**
	 * Return whether this side reads what the process writes, so that silence can be
	 * noticed.
	 * @return whether it reads any of its streams
	 */
	public boolean observesOutput() {
		return this.terminal != null || (this.connection == null && isObserved(this.output)) || isObserved(this.error);
	}

	private static boolean isObserved(OutputTarget target) {
		return !(target instanceof OutputTarget.Discard || target instanceof OutputTarget.Inherit
				|| target instanceof OutputTarget.Merge || target instanceof OutputTarget.ToFile);
	}

	/**
	 * Where standard input comes from.
	 */
	public sealed interface Input {

	}

	/**
	 * From {@code /dev/null}.
	 */
	public record NoInput() implements Input {

	}

	/**
	 * From another process.
	 *
	 * @param descriptor the reading end of a pipe, which is not closed here
	 */
	public record ConnectedInput(int descriptor) implements Input {

	}

	/**
	 * From a pipe that the application writes.
	 */
	public record PipeInput() implements Input {

	}

	/**
	 * From an array.
	 *
	 * @param bytes the array, not copied
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record BytesInput(byte[] bytes) implements Input {

	}

	/**
	 * From a file that the process reads itself.
	 *
	 * @param path the file
	 */
	public record FileInput(Path path) implements Input {

	}

	/**
	 * From a publisher that the launcher's executor calls.
	 *
	 * @param publisher the publisher
	 */
	public record PublisherInput(Flow.Publisher<ByteBuffer> publisher) implements Input {

	}

	/**
	 * From a stream that the launcher's executor reads.
	 *
	 * @param stream the stream
	 */
	public record StreamInput(InputStream stream) implements Input {

	}

}
