// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The environment of the JVM as its variables are, whatever the locale: Java reads them
 * in the encoding of the locale, and what has no place there becomes another text. A
 * locale is what containers often lack.
 */
final class JvmEnvironment {

	private static final Path ENVIRON = Path.of("/proc/self/environ");

	private JvmEnvironment() {
	}

	/**
	 * Read it.
	 * @return names and values; each byte that is no UTF-8 is half a surrogate pair,
	 * which no child is given
	 */
	static Map<String, String> read() {
		Map<String, String> environment = System.getenv();
		try {
			return correct(environment, Files.readAllBytes(ENVIRON));
		}
		catch (IOException ex) {
			// without /proc there is what Java has read
			return environment;
		}
	}

	static Map<String, String> correct(Map<String, String> read, byte[] environ) {
		Map<String, String> environment = new HashMap<>(read);
		int start = 0;
		for (int i = 0; i < environ.length; i++) {
			if (environ[i] == 0) {
				correct(environment, ByteBuffer.wrap(environ, start, i - start));
				start = i + 1;
			}
		}
		return environment;
	}

	/** Names that are no ASCII are left as Java has read them. */
	private static void correct(Map<String, String> environment, ByteBuffer variable) {
		String variableText = decode(variable);
		int equals = variableText.indexOf('=', 1);
		if (equals < 0 || variableText.chars().allMatch((c) -> c < 128)) {
			return;
		}
		environment.replace(variableText.substring(0, equals), variableText.substring(equals + 1));
	}

	private static String decode(ByteBuffer bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
		}
		catch (CharacterCodingException ex) {
			StringBuilder text = new StringBuilder();
			while (bytes.hasRemaining()) {
				byte b = bytes.get();
				text.append((b >= 0) ? (char) b : (char) (Character.MIN_LOW_SURROGATE + (b & 0xff)));
			}
			return text.toString();
		}
	}

}
