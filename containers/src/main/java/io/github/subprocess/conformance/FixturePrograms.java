// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The misbehaving programs of the tests, unpacked for as long as the tests run: into the
 * directory of the system property {@code conformance.fixtures}, or a temporary one. It
 * must not be mounted {@code noexec}.
 */
final class FixturePrograms implements AutoCloseable {

	private final Path folder;

	private FixturePrograms(Path folder) {
		this.folder = folder;
	}

	static FixturePrograms unpack() throws IOException {
		String parent = System.getProperty("conformance.fixtures");
		Path folder = (parent != null) ? Files.createTempDirectory(Path.of(parent), "fixtures")
				: Files.createTempDirectory("fixtures");
		// children that are another user use them as well
		Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
		FixturePrograms fixtures = new FixturePrograms(folder);
		try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + location()), Map.of());
				Stream<Path> programs = Files.list(jar.getPath("/fixtures"))) {
			for (Path program : programs.toList()) {
				Path file = folder.resolve(program.getFileName().toString());
				Files.copy(program, file);
				Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
			}
		}
		catch (IOException | RuntimeException ex) {
			fixtures.close();
			throw ex;
		}
		return fixtures;
	}

	Path folder() {
		return this.folder;
	}

	private static URI location() {
		try {
			return FixturePrograms.class.getProtectionDomain().getCodeSource().getLocation().toURI();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		List<Path> files;
		try (Stream<Path> all = Files.walk(this.folder)) {
			files = all.sorted(Comparator.reverseOrder()).toList();
		}
		for (Path file : files) {
			Files.delete(file);
		}
	}

}
