// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.nio.file.Path;

import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.Out;

/**
 * What the library of {@code native/src/test/c/libraries/faults.c} does in a thread.
 */
@SuppressWarnings("checkstyle:methodname")
public interface FaultLibrary {

	static FaultLibrary load() {
		return LibraryLoader.create(FaultLibrary.class)
			.load(Path.of(System.getProperty("subprocess.fixtures"), "libfaults.so").toString());
	}

	/**
	 * Let a program decide about the system calls of this thread, of those it makes and
	 * of their children. Once for each JVM.
	 * @param program the program
	 * @param ends gets the descriptors to write commands to, and to read answers from
	 * @return 0, or a negative errno
	 */
	int faults_decide(String program, @Out int[] ends);

}
