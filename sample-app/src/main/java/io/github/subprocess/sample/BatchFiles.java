// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.system.ApplicationHome;
import org.springframework.stereotype.Component;

/**
 * Real files that are there wherever this runs: some of the JDK, and the application.
 */
@Component
class BatchFiles {

	List<Path> find() {
		Path jdk = Path.of(System.getProperty("java.home"));
		return Stream
			.of(jdk.resolve("release"), jdk.resolve("lib/jrt-fs.jar"), jdk.resolve("lib/server/libjvm.so"),
					application())
			.filter(Files::isRegularFile)
			.toList();
	}

	private Path application() {
		File jar = new ApplicationHome(SampleApplication.class).getSource();
		return (jar != null && jar.isFile()) ? jar.toPath()
				: Path.of("target/classes", SampleApplication.class.getName().replace('.', '/') + ".class");
	}

}
