// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.subprocess.policy.CommandTemplate;

/**
 * What a launch fills into the command of a policy.
 */
public final class CommandParameters {

	private final String policy;

	private final CommandTemplate template;

	private final Map<String, String> values = new HashMap<>();

	/**
	 * Create parameters of which none is set.
	 * @param policy the name of the policy
	 * @param command its command
	 */
	public CommandParameters(String policy, List<String> command) {
		this.policy = policy;
		this.template = CommandTemplate.of(command);
	}

	/**
	 * Set a parameter.
	 * @param name the name of its placeholder
	 * @param value its value
	 * @throws IllegalArgumentException if there is no such placeholder, or the value
	 * cannot be handed to a child
	 */
	public void set(String name, String value) {
		if (!this.template.names().contains(name)) {
			throw new IllegalArgumentException("The command of process policy '%s' has no placeholder '%s'; it has %s"
				.formatted(this.policy, name, this.template.names().stream().sorted().toList()));
		}
		Text.check("parameter '" + name + "'", value);
		this.values.put(name, value);
	}

	/**
	 * Fill in the command.
	 * @return the command
	 * @throws IllegalArgumentException if a parameter is not set, or must not have its
	 * value
	 */
	public CommandLine fill() {
		try {
			return CommandLine.of(this.template.fill(this.values), this.policy);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("The command of process policy '%s' cannot be filled in: %s"
				.formatted(this.policy, ex.getMessage()), ex);
		}
	}

}
