// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

import io.github.subprocess.NativeCoreUnavailableException;

/**
 * Files of the jar that the kernel has to see as files, for as long as it takes to load
 * or to start them. Nobody but the user of the JVM may write or read them.
 */
final class Extraction {

	private Extraction() {
	}

	/**
	 * Extract a file into the directory for temporary files.
	 * @param resource its name in the jar
	 * @param prefix what the name of the file begins with
	 * @param suffix what it ends with
	 * @param permissions what its owner may do with it
	 * @return the file, for the caller to delete
	 * @throws IOException if it cannot be written
	 */
	static Path extract(String resource, String prefix, String suffix, Set<PosixFilePermission> permissions)
			throws IOException {
		try (InputStream in = Extraction.class.getClassLoader().getResourceAsStream(resource)) {
			if (in == null) {
				throw new NativeCoreUnavailableException(
						resource + " cannot be found: the jar does not hold it, or cannot be read",
						"Build it on this platform, or name a build of your own.", null);
			}
			Path file = Files.createTempFile(prefix, suffix);
			try {
				// into the file that was made: another one would be as the umask has it
				try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
					in.transferTo(out);
				}
				Files.setPosixFilePermissions(file, permissions);
				return file;
			}
			catch (IOException ex) {
				delete(file);
				throw ex;
			}
		}
	}

	static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			file.toFile().deleteOnExit();
		}
	}

}
