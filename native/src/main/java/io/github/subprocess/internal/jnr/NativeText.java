// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as C expects it.
 */
final class NativeText {

	private NativeText() {
	}

	static byte[] terminated(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return Arrays.copyOf(bytes, bytes.length + 1);
	}

}
