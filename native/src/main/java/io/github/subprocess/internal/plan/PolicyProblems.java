// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.subprocess.PolicyProblem;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.ProcessPolicy;

/**
 * Collects the problems of one policy.
 */
final class PolicyProblems {

	private final String name;

	private final Set<Attribute> bestEffort;

	private final List<PolicyProblem> found = new ArrayList<>();

	PolicyProblems(String name, ProcessPolicy policy) {
		this.name = name;
		this.bestEffort = (policy.bestEffort() != null) ? policy.bestEffort() : Set.of();
	}

	void add(String part, String reason) {
		this.found.add(new PolicyProblem(this.name, part, reason));
	}

	/**
	 * Add what stands against an attribute, unless children are started without it then.
	 */
	void add(Attribute attribute, String part, String reason) {
		if (isRequired(attribute)) {
			add(part, reason);
		}
	}

	boolean isRequired(Attribute attribute) {
		return !this.bestEffort.contains(attribute);
	}

	/**
	 * Compile something, which stops at the first problem.
	 * @param compilation what refuses with messages that begin with the part
	 */
	void compile(Runnable compilation) {
		try {
			compilation.run();
		}
		catch (IllegalArgumentException ex) {
			String message = String.valueOf(ex.getMessage());
			int space = message.indexOf(' ');
			add(message.substring(0, Math.max(space, 0)), message.substring(space + 1));
		}
	}

	/**
	 * Compile a part whose messages begin with the name of something within it.
	 * @param part the part
	 * @param compilation what refuses
	 */
	void compile(String part, Runnable compilation) {
		try {
			compilation.run();
		}
		catch (IllegalArgumentException ex) {
			add(part, "cannot be launched: " + ex.getMessage());
		}
	}

	boolean has(String part) {
		return this.found.stream().anyMatch((problem) -> problem.part().equals(part));
	}

	List<PolicyProblem> found() {
		return this.found;
	}

}
