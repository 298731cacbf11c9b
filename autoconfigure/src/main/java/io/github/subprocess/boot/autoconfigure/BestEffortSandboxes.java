// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.ProcessPolicy;

import org.springframework.core.env.Environment;

/**
 * Tells which parts of sandboxes the kernel lacks that policies can do without: nobody
 * should have to wait for the first launch to learn of it.
 */
final class BestEffortSandboxes {

	private static final String BEST_EFFORT = "best-effort";

	private final PolicyOrigins origins;

	BestEffortSandboxes(SubprocessProperties properties, BeanPolicies beans, Environment environment) {
		this.origins = new PolicyOrigins(properties, beans, environment);
	}

	/**
	 * Find what the programs of a launcher run without.
	 * @param launcher a launcher that is ready
	 * @return a line for each policy
	 */
	List<String> leftOut(ProcessLauncher launcher) {
		Map<String, ProcessPolicy> policies = new LinkedHashMap<>();
		policies.put(ProcessLauncher.NO_POLICY, launcher.defaultPolicy());
		policies.putAll(new TreeMap<>(launcher.policies()));
		// the default policy of a launcher that is mocked
		policies.values().removeIf(Objects::isNull);
		List<String> lines = new ArrayList<>();
		policies.forEach((name, policy) -> {
			List<String> missing = missing(policy, launcher);
			if (!missing.isEmpty()) {
				lines.add(describe(name, missing));
			}
		});
		return lines;
	}

	private static List<String> missing(ProcessPolicy policy, ProcessLauncher launcher) {
		Set<Attribute> bestEffort = policy.bestEffort();
		if (policy.sandbox() == null || bestEffort == null) {
			return List.of();
		}
		return launcher.platform()
			.sandbox()
			.obstacles(policy.sandbox())
			.entrySet()
			.stream()
			.filter((obstacle) -> bestEffort.contains(obstacle.getKey()))
			.map(Map.Entry::getValue)
			.toList();
	}

	private String describe(String name, List<String> missing) {
		String origin = this.origins.of(name, BEST_EFFORT);
		return "policy '%s': %s; left out, as '%s'%s allows".formatted(name, String.join("; ", missing), BEST_EFFORT,
				(origin != null) ? " (originating from '" + origin + "')" : "");
	}

}
