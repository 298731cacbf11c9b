// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.file.Path;

/**
 * Where standard output or standard error of a process goes.
 *
 * @since 0.1.0
 */
public sealed interface OutputTarget {

	/**
	 * Keep it, bounded by the policy, for the {@link ProcessResult}. It is always read
	 * on, so that the process never blocks.
	 * @return the target
	 */
	static OutputTarget capture() {
		return Capture.INSTANCE;
	}

	/**
	 * A pipe that the application reads: {@link Process#getInputStream()} or
	 * {@link Process#getErrorStream()}. What is not read makes the process block once the
	 * pipe is full.
	 * @return the target
	 */
	static OutputTarget pipe() {
		return Pipe.INSTANCE;
	}

	/**
	 * Throw it away: {@code /dev/null}.
	 * @return the target
	 */
	static OutputTarget discard() {
		return Discard.INSTANCE;
	}

	/**
	 * Where the same stream of the JVM goes.
	 * @return the target
	 */
	static OutputTarget inherit() {
		return Inherit.INSTANCE;
	}

	/**
	 * A file, made or emptied before the start and written by the process itself.
	 * @param path the file
	 * @return the target
	 */
	static OutputTarget file(Path path) {
		return new ToFile(path, false);
	}

	/**
	 * The end of a file, made before the start if need be and written by the process
	 * itself.
	 * @param path the file
	 * @return the target
	 */
	static OutputTarget append(Path path) {
		return new ToFile(path, true);
	}

	/**
	 * See {@link #capture()}.
	 */
	enum Capture implements OutputTarget {

		INSTANCE

	}

	/**
	 * See {@link #pipe()}.
	 */
	enum Pipe implements OutputTarget {

		INSTANCE

	}

	/**
	 * See {@link #discard()}.
	 */
	enum Discard implements OutputTarget {

		INSTANCE

	}

	/**
	 * See {@link #inherit()}.
	 */
	enum Inherit implements OutputTarget {

		INSTANCE

	}

	/**
	 * See {@link #file(Path)} and {@link #append(Path)}.
	 *
	 * @param path the file
	 * @param append whether what is there stays
	 */
	record ToFile(Path path, boolean append) implements OutputTarget {

	}

}
