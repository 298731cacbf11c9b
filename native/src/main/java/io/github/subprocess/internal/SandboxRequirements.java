// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.SandboxSupport;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SandboxPolicy;

/**
 * What the policies of a launcher require of sandboxes: an application whose programs
 * cannot be protected as it says does not start.
 */
final class SandboxRequirements {

	private final Map<String, ProcessPolicy> policies;

	private SandboxRequirements(Map<String, ProcessPolicy> policies) {
		this.policies = policies;
	}

	/**
	 * Collect requirements.
	 * @param defaults the policy of commands that name none
	 * @param policies all others by their names
	 */
	static SandboxRequirements of(ProcessPolicy defaults, Map<String, ProcessPolicy> policies) {
		Map<String, ProcessPolicy> all = new LinkedHashMap<>(policies);
		all.put(ProcessLauncher.NO_POLICY, defaults);
		return new SandboxRequirements(all);
	}

	/**
	 * Check all policies.
	 * @param support what the kernel can do
	 * @throws NativeCoreUnavailableException with all that is missing, by policy
	 */
	void check(SandboxSupport support) {
		List<String> missing = new ArrayList<>();
		Set<Attribute> parts = new TreeSet<>();
		this.policies.forEach((name, policy) -> {
			for (Attribute part : required(policy)) {
				String obstacle = support.obstacle(part);
				if (obstacle != null) {
					missing.add("policy '" + name + "': " + obstacle);
					parts.add(part);
				}
			}
		});
		if (!missing.isEmpty()) {
			throw new NativeCoreUnavailableException("Programs cannot be protected here: " + String.join("; ", missing),
					"Run on a kernel that has what is missing, and in a container that does not keep it from the JVM, "
							+ "or mark these parts as best effort (best-effort: " + names(parts)
							+ "): the programs run without them then.",
					null);
		}
	}

	private static String names(Set<Attribute> parts) {
		return parts.stream()
			.map((part) -> part.name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.collect(Collectors.joining(", "));
	}

	private static Set<Attribute> required(ProcessPolicy policy) {
		SandboxPolicy sandbox = policy.sandbox();
		if (sandbox == null) {
			return Set.of();
		}
		Set<Attribute> required = sandbox.parts();
		if (policy.bestEffort() != null) {
			required.removeAll(policy.bestEffort());
		}
		return required;
	}

}
