// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

/**
 * Checks text that is going to be handed over as bytes that end with NUL.
 */
final class Text {

	private Text() {
	}

	/**
	 * Return whether text has a form in UTF-8.
	 * @param text the text
	 * @return whether it holds no half of a surrogate pair
	 */
	static boolean isEncodable(String text) {
		return text.codePoints()
			.noneMatch((point) -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
	}

	/**
	 * Refuse text that would not arrive as it is. Its value is not part of the message:
	 * it may be confidential.
	 * @param name what the text is, for the message
	 * @param text the text
	 */
	static void check(String name, String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\0') {
				throw new IllegalArgumentException(name + " must not hold a NUL character (at index " + i + ")");
			}
			if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
				i++;
			}
			else if (Character.isSurrogate(c)) {
				throw new IllegalArgumentException(
						name + " must not hold half a surrogate pair (at index " + i + "): it has no form in UTF-8");
			}
		}
	}

}
