// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a program says of how it was started, byte for byte: each byte is a character.
 *
 * @param arguments its arguments, with its own name before them
 * @param variables its environment
 * @param directory where it was started
 */
record Started(List<String> arguments, Map<String, String> variables, String directory) {

	static Started read(byte[] output) {
		String text = new String(output, StandardCharsets.ISO_8859_1);
		List<String> texts = List.of(text.split("\0", -1));
		int count = Integer.parseInt(texts.get(0));
		List<String> arguments = new ArrayList<>(texts.subList(1, 1 + count));
		int at = 1 + count;
		count = Integer.parseInt(texts.get(at));
		Map<String, String> variables = new HashMap<>();
		for (String variable : texts.subList(at + 1, at + 1 + count)) {
			int equals = variable.indexOf('=');
			variables.put(variable.substring(0, equals), variable.substring(equals + 1));
		}
		return new Started(arguments, variables, texts.get(at + 1 + count));
	}

	/**
	 * Return a text as a program gets it: UTF-8, a character a byte.
	 */
	static String bytes(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
	}

}
