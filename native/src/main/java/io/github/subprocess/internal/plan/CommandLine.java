// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A program and its arguments, checked: nothing in it can fail to be handed over.
 *
 * @param program a path, or a name that is looked for in PATH
 * @param arguments its arguments, the program's name not among them
 * @param policy the name of the policy that names the program, {@code null}: its caller
 * does
 */
public record CommandLine(String program, List<String> arguments, @Nullable String policy) {

	public CommandLine {
		arguments = List.copyOf(arguments);
		if (program.isEmpty()) {
			throw new IllegalArgumentException("program must not be empty");
		}
		Text.check("program", program);
		for (int i = 0; i < arguments.size(); i++) {
			Text.check("argument " + (i + 1), arguments.get(i));
		}
	}

	/**
	 * Check a command that is its caller's.
	 * @param program a path, or a name that is looked for in PATH
	 * @param arguments its arguments
	 */
	public CommandLine(String program, List<String> arguments) {
		this(program, arguments, null);
	}

	/**
	 * Check a list that begins with the program.
	 * @param command the program, then its arguments
	 * @param policy the name of the policy whose command it is, {@code null}: it is its
	 * caller's
	 * @return the command line
	 */
	public static CommandLine of(List<String> command, @Nullable String policy) {
		if (command.isEmpty()) {
			throw new IllegalArgumentException("command must name a program");
		}
		return new CommandLine(command.get(0), command.subList(1, command.size()), policy);
	}

	/**
	 * Return this command with more arguments at its end.
	 * @param more what to add
	 * @return the command line
	 */
	public CommandLine plus(List<String> more) {
		List<String> all = new ArrayList<>(this.arguments);
		all.addAll(more);
		return new CommandLine(this.program, all, this.policy);
	}

}
