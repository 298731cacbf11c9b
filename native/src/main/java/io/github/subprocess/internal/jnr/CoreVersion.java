// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of this library, which the native core in its jar was built with. It is
 * written beside this class when the jar is built: a manifest does not survive being
 * packed into another jar.
 */
final class CoreVersion {

	private static final String UNKNOWN = "unknown";

	private CoreVersion() {
	}

	/**
	 * Read the version.
	 * @return the version, {@code unknown} if somebody has repacked the jar without it
	 */
	static String read() {
		try (InputStream in = CoreVersion.class.getResourceAsStream("core.properties")) {
			if (in == null) {
				return UNKNOWN;
			}
			Properties properties = new Properties();
			properties.load(in);
			return properties.getProperty("version", UNKNOWN);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("core.properties of subprocess-native cannot be read", ex);
		}
	}

}
