// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One element of a command: literal text and placeholders, in turn.
 *
 * @param text the element as it was written
 * @param parts what it is made of
 */
record ElementTemplate(String text, List<Part> parts) {

	private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

	/**
	 * A part of an element.
	 *
	 * @param text literal text, or the name of a placeholder
	 * @param placeholder whether it is a placeholder
	 * @param anyValue whether its value may begin an argument with a dash
	 */
	record Part(String text, boolean placeholder, boolean anyValue) {

		private String fill(Map<String, String> values) {
			return this.placeholder ? values.getOrDefault(this.text, "") : this.text;
		}

	}

	static ElementTemplate of(String where, String text) {
		if (text.indexOf('\0') >= 0) {
			throw new IllegalArgumentException(where + " must not hold a NUL character");
		}
		List<Part> parts = new ArrayList<>();
		StringBuilder literal = new StringBuilder();
		int i = 0;
		while (i < text.length()) {
			char c = text.charAt(i);
			if (c != '{' && c != '}') {
				literal.append(c);
				i++;
			}
			else if (i + 1 < text.length() && text.charAt(i + 1) == c) {
				literal.append(c);
				i += 2;
			}
			else {
				int end = text.indexOf('}', i);
				if (c == '}' || end < 0) {
					throw loneBrace(where, i);
				}
				if (!literal.isEmpty()) {
					parts.add(new Part(literal.toString(), false, true));
					literal.setLength(0);
				}
				parts.add(placeholder(where, i, text.substring(i + 1, end)));
				i = end + 1;
			}
		}
		if (!literal.isEmpty()) {
			parts.add(new Part(literal.toString(), false, true));
		}
		return new ElementTemplate(text, List.copyOf(parts));
	}

	private static Part placeholder(String where, int index, String inside) {
		boolean anyValue = inside.startsWith("-");
		String name = anyValue ? inside.substring(1) : inside;
		if (!NAME.matcher(name).matches()) {
			throw loneBrace(where, index);
		}
		return new Part(name, true, anyValue);
	}

	/** Without the text, which may be a secret. */
	private static IllegalArgumentException loneBrace(String where, int index) {
		return new IllegalArgumentException(where + " has a brace that belongs to no placeholder {name} or {-name}, "
				+ "with letters, digits, '_', '.' and '-' in its name (write {{ and }} for braces), at index " + index);
	}

	List<String> names() {
		return this.parts.stream().filter(Part::placeholder).map(Part::text).toList();
	}

	String fill(Map<String, String> values) {
		StringBuilder filled = new StringBuilder();
		for (Part part : this.parts) {
			String value = part.fill(values);
			if (filled.isEmpty() && value.startsWith("-") && !part.anyValue()) {
				throw new IllegalArgumentException("the value for placeholder '" + part.text()
						+ "' must not begin with a dash, which would make the argument an option: write {-"
						+ part.text() + "} in the command if it may");
			}
			filled.append(value);
		}
		return filled.toString();
	}

	@Override
	public String toString() {
		return this.text;
	}

}
