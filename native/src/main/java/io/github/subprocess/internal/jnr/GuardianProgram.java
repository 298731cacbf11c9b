// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.spi.BundledProgram;
import org.jspecify.annotations.Nullable;

/**
 * Where the guardian is: beside the native core. If that was named, then so is the
 * guardian, and nothing else is tried; otherwise both are in the jar.
 */
public final class GuardianProgram {

	private static final String NAME = "subprocess-guardian";

	private GuardianProgram() {
	}

	/**
	 * Find the program.
	 * @param nativeLibrary the native core, or {@code null} for the one in the jar
	 * @return the program
	 * @throws NativeCoreUnavailableException if there is none
	 */
	public static BundledProgram find(@Nullable Path nativeLibrary) {
		if (nativeLibrary != null) {
			return beside(nativeLibrary);
		}
		String core = NativeLibraryName.resource(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
		if (core == null) {
			throw new NativeCoreUnavailableException("There is no guardian for this platform",
					"Run on Linux on x86_64 or aarch64, or without a guardian.", null);
		}
		String resource = core.substring(0, core.lastIndexOf('/') + 1) + NAME;
		return () -> extract(resource);
	}

	private static BundledProgram beside(Path nativeLibrary) {
		Path file = nativeLibrary.toAbsolutePath().resolveSibling(NAME);
		if (!Files.isExecutable(file)) {
			throw new NativeCoreUnavailableException("The guardian '" + file + "' cannot be executed",
					"Install " + NAME + " beside the native core that is named, or run without a guardian.", null);
		}
		return () -> new ProgramFile(file, false);
	}

	private static BundledProgram.Executable extract(String resource) {
		try {
			return new ProgramFile(Extraction.extract(resource, NAME, "", PosixFilePermissions.fromString("rwx------")),
					true);
		}
		catch (IOException ex) {
			throw new NativeCoreUnavailableException(
					"The guardian cannot be extracted to '" + System.getProperty("java.io.tmpdir") + "': " + ex,
					"Set the system property java.io.tmpdir to a directory that can be written, or install "
							+ "libsubprocess.so with " + NAME + " beside it and name it as the native library.",
					ex);
		}
	}

	/**
	 * The program as a file.
	 */
	private record ProgramFile(Path file, boolean temporary) implements BundledProgram.Executable {

		@Override
		public String path() {
			return this.file.toString();
		}

		@Override
		public void close() {
			// what runs needs no name
			if (this.temporary) {
				Extraction.delete(this.file);
			}
		}

	}

}
