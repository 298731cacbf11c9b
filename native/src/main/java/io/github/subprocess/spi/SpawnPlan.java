// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.policy.SessionMode;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a birth needs, looked up and decided: nothing is left to be searched
 * for in the child.
 *
 * @param programs the files that are tried in turn, at least one
 * @param arguments the argument vector, the program's name first
 * @param environment the environment, {@code NAME=value} each
 * @param workingDirectory where the child starts, {@code null}: where the JVM runs
 * @param session whose session and group it belongs to
 * @param processGroup the group that it joins, with {@link SessionMode#PROCESS_GROUP}; 0:
 * a group of its own
 * @param descriptors the descriptors that it gets; all others from 3 on are closed
 * @param attributes what it is given or deprived of besides
 * @param closing how they are closed; {@code null}: in the best way that works
 * @param mechanism how the child is born; {@code null}: in the best way that works
 * @since 0.1.0
 */
public record SpawnPlan(List<String> programs, List<String> arguments, List<String> environment,
		@Nullable String workingDirectory, SessionMode session, int processGroup, List<DescriptorMapping> descriptors,
		ChildAttributes attributes, @Nullable DescriptorClosing closing, @Nullable SpawnMechanism mechanism) {

	public SpawnPlan {
		programs = List.copyOf(programs);
		arguments = List.copyOf(arguments);
		environment = List.copyOf(environment);
		descriptors = List.copyOf(descriptors);
		if (programs.isEmpty()) {
			throw new IllegalArgumentException("programs must not be empty");
		}
		if (arguments.isEmpty()) {
			throw new IllegalArgumentException("arguments must hold the program's name at least");
		}
		if (processGroup < 0 || (processGroup != 0 && session != SessionMode.PROCESS_GROUP)) {
			throw new IllegalArgumentException("processGroup must be 0, or a group to join: " + processGroup);
		}
	}

	/**
	 * Return this plan with more descriptors.
	 * @param more the mappings to add
	 * @return a new plan
	 */
	public SpawnPlan withDescriptors(List<DescriptorMapping> more) {
		List<DescriptorMapping> all = new ArrayList<>(more);
		all.addAll(this.descriptors);
		return new SpawnPlan(this.programs, this.arguments, this.environment, this.workingDirectory, this.session,
				this.processGroup, all, this.attributes, this.closing, this.mechanism);
	}

	/**
	 * Return this plan with other attributes.
	 * @param others the attributes
	 * @return a new plan
	 */
	public SpawnPlan withAttributes(ChildAttributes others) {
		return new SpawnPlan(this.programs, this.arguments, this.environment, this.workingDirectory, this.session,
				this.processGroup, this.descriptors, others, this.closing, this.mechanism);
	}

	/**
	 * Return this plan with a variable of the environment set.
	 * @param name the name of the variable
	 * @param value its value, which replaces another one of that name
	 * @return a new plan
	 */
	public SpawnPlan withVariable(String name, String value) {
		List<String> all = new ArrayList<>(this.environment);
		all.removeIf((variable) -> variable.startsWith(name + "="));
		all.add(name + "=" + value);
		return new SpawnPlan(this.programs, this.arguments, all, this.workingDirectory, this.session, this.processGroup,
				this.descriptors, this.attributes, this.closing, this.mechanism);
	}

	/**
	 * Return a description without arguments and environment: both may be confidential.
	 */
	@Override
	public String toString() {
		return "SpawnPlan[programs=%s, workingDirectory=%s, session=%s, descriptors=%s]".formatted(this.programs,
				this.workingDirectory, this.session, this.descriptors);
	}

}
