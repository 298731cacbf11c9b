// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.FileSystemUtils;

/**
 * Copies the programs of the profile {@code lively} to a folder where they can be run,
 * which is deleted with the context.
 */
class LivelyPrograms implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		try {
			Path folder = createFolder();
			for (Resource program : new PathMatchingResourcePatternResolver().getResources("classpath:lively/*")) {
				copy(program, folder);
			}
			TestPropertyValues.of("lively.programs=" + folder).applyTo(context);
			context.addApplicationListener(new DeleteWhenClosed(folder));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A folder that looks well in pictures, unless somebody else has it.
	 */
	private static Path createFolder() throws IOException {
		Path folder = Path.of(System.getProperty("java.io.tmpdir"), "file-service");
		try {
			return Files.createDirectory(folder);
		}
		catch (FileAlreadyExistsException ex) {
			return Files.createTempDirectory("file-service-");
		}
	}

	private static void copy(Resource program, Path folder) throws IOException {
		Path file = folder.resolve(program.getFilename());
		try (InputStream content = program.getInputStream()) {
			Files.copy(content, file);
		}
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	private record DeleteWhenClosed(Path folder) implements ApplicationListener<ContextClosedEvent> {

		@Override
		public void onApplicationEvent(ContextClosedEvent event) {
			try {
				FileSystemUtils.deleteRecursively(this.folder);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
