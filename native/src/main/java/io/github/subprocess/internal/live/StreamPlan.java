// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.InputStream;
import java.nio.file.Path;

import io.github.subprocess.OutputTarget;

/**
 * Where the standard streams of a process come from and go to.
 *
 * @param input where standard input comes from
 * @param output where standard output goes
 * @param error where standard error goes
 * @param maxCapturedBytes how much of each captured stream is kept
 */
public record StreamPlan(Input input, OutputTarget output, OutputTarget error, long maxCapturedBytes) {

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
	 * From another process. Its end of the pipe is none of the streams of this side.
	 */
	public record ConnectedInput() implements Input {

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
	 * From a stream that the launcher's executor reads.
	 *
	 * @param stream the stream
	 */
	public record StreamInput(InputStream stream) implements Input {

	}

}
