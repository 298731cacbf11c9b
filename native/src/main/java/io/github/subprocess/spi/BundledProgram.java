// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

import io.github.subprocess.NativeCoreUnavailableException;

/**
 * A program that comes along with this library. It need only be a file while it is being
 * started.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BundledProgram {

	/**
	 * Make it a file that can be executed.
	 * @return the file, which the caller closes when the program runs
	 * @throws NativeCoreUnavailableException if there is no place for it
	 */
	Executable prepare();

	/**
	 * A file that can be executed.
	 */
	interface Executable extends AutoCloseable {

		/**
		 * Return where it lies.
		 * @return the path
		 */
		String path();

		/**
		 * Remove it, if it was made for this purpose.
		 */
		@Override
		void close();

	}

}
