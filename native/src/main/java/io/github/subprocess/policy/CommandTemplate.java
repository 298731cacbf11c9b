// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The command of a policy, in which <code>{name}</code> stands for what a launch fills
 * in. A placeholder may be a whole element or part of one. Each element becomes exactly
 * one argument, whatever is filled in. <code>{{</code> and <code>}}</code> stand for
 * braces.
 * <p>
 * What is filled in does not turn an argument into an option: a placeholder with which an
 * argument begins takes no value that makes it begin with a dash, unless it says that it
 * does, as <code>{-name}</code>. An element that begins with a dash itself, such as
 * <code>--out={file}</code>, takes any value.
 *
 * @since 0.1.0
 */
public final class CommandTemplate {

	private final List<ElementTemplate> elements;

	private final Set<String> names;

	private CommandTemplate(List<ElementTemplate> elements) {
		this.elements = elements;
		Set<String> names = new LinkedHashSet<>();
		elements.forEach((element) -> names.addAll(element.names()));
		this.names = Collections.unmodifiableSet(names);
	}

	/**
	 * Read a command.
	 * @param command the program, then its arguments
	 * @return the template
	 * @throws IllegalArgumentException if there is no program, or it has a placeholder,
	 * or a brace belongs to none, or there is a NUL character; with the place of the
	 * element
	 */
	public static CommandTemplate of(List<String> command) {
		if (command.isEmpty() || command.get(0).isEmpty()) {
			throw new IllegalArgumentException("command must name a program");
		}
		List<ElementTemplate> elements = new ArrayList<>();
		for (int i = 0; i < command.size(); i++) {
			elements.add(ElementTemplate.of("command[" + i + "]", command.get(i)));
		}
		if (!elements.get(0).names().isEmpty()) {
			throw new IllegalArgumentException(
					"command[0] must not have a placeholder: a policy names its program, not " + command.get(0));
		}
		return new CommandTemplate(elements);
	}

	/**
	 * Return the names of the placeholders.
	 * @return the names in the order in which they first occur, without a dash
	 */
	public Set<String> names() {
		return this.names;
	}

	/**
	 * Fill in the placeholders.
	 * @param values the values by name; those of other names are not looked at
	 * @return the program and its arguments
	 * @throws IllegalArgumentException if a value is missing, or would make an argument
	 * an option; with the name of the placeholder and without the value, which may be
	 * confidential
	 */
	public List<String> fill(Map<String, String> values) {
		List<String> missing = this.names.stream().filter((name) -> !values.containsKey(name)).toList();
		if (!missing.isEmpty()) {
			throw new IllegalArgumentException("nothing is set for placeholders " + missing);
		}
		return this.elements.stream().map((element) -> element.fill(values)).toList();
	}

	/**
	 * Return the command as it was written.
	 */
	@Override
	public String toString() {
		return this.elements.toString();
	}

}
