// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.containers;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * An image with a JRE, as the build names it.
 *
 * @param version the Java in it
 * @param image the image
 */
record JavaImage(int version, DockerImageName image) {

	static final String SKIPPED = "no Docker engine runs here: nothing was tried in containers";

	static List<JavaImage> all() {
		return List.of(of(17), of(25));
	}

	static JavaImage of(int version) {
		String name = Optional.ofNullable(System.getProperty("containers.image." + version))
			.orElseThrow(() -> new IllegalStateException("containers.image." + version + " is not set"));
		return new JavaImage(version, DockerImageName.parse(name));
	}

	@Override
	public String toString() {
		return "Java " + this.version;
	}

	/**
	 * Skip a test of a Java that the build has no image for.
	 */
	void assumeThere() {
		Assumptions.assumeFalse("none".equals(this.image.getUnversionedPart()),
				"there is no image with Java " + this.version);
	}

	static void assumeDocker() {
		Assumptions.assumeTrue(DockerClientFactory.instance().isDockerAvailable(), SKIPPED);
	}

}
