// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Says which build of the native core a platform needs. A pure function.
 */
final class NativeLibraryName {

	private NativeLibraryName() {
	}

	/**
	 * Return the resource that holds the native core.
	 * @param osName the property {@code os.name}
	 * @param osArch the property {@code os.arch}
	 * @return the name of the resource, or {@code null} when there is no build
	 */
	static @Nullable String resource(String osName, String osArch) {
		String architecture = architecture(osArch);
		if (!osName.equalsIgnoreCase("linux") || architecture == null) {
			return null;
		}
		return "META-INF/native/linux-" + architecture + "/libsubprocess.so";
	}

	private static @Nullable String architecture(String osArch) {
		return switch (osArch.toLowerCase(Locale.ROOT)) {
			case "amd64", "x86_64" -> "x86_64";
			case "aarch64", "arm64" -> "aarch64";
			default -> null;
		};
	}

}
