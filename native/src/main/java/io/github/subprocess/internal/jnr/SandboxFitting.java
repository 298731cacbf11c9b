// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.subprocess.SandboxSupport;
import io.github.subprocess.SpawnWarning;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.spi.ChildSandbox;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;

/**
 * Fits a sandbox to the kernel: what it cannot do is refused before there is a child, or
 * left out and warned of.
 *
 * @param plan the plan, with a sandbox of which every part can be done
 * @param warnings what was left out
 */
record SandboxFitting(SpawnPlan plan, List<SpawnWarning> warnings) {

	/**
	 * Fit the sandbox of a plan.
	 * @param plan the plan
	 * @param support what the kernel can do
	 * @return the plan to be carried out
	 * @throws SpawnFailure with all that is missing and cannot be done without
	 */
	static SandboxFitting fit(SpawnPlan plan, SandboxSupport support) throws SpawnFailure {
		ChildSandbox sandbox = plan.attributes().sandbox();
		if (sandbox == null) {
			return new SandboxFitting(plan, List.of());
		}
		Map<Attribute, String> obstacles = new EnumMap<>(Attribute.class);
		for (Attribute part : sandbox.parts()) {
			String obstacle = support.obstacle(part);
			if (obstacle != null) {
				obstacles.put(part, obstacle);
			}
		}
		if (obstacles.isEmpty()) {
			return new SandboxFitting(plan, List.of());
		}
		refuse(plan, obstacles);
		List<SpawnWarning> warnings = new ArrayList<>();
		obstacles.forEach((part, obstacle) -> warnings.add(Errors.warning(step(part), Unsupported.ERRNO, obstacle)));
		return new SandboxFitting(
				plan.withAttributes(plan.attributes().withSandbox(sandbox.without(obstacles.keySet()))), warnings);
	}

	private static void refuse(SpawnPlan plan, Map<Attribute, String> obstacles) throws SpawnFailure {
		Map<Attribute, String> required = new EnumMap<>(obstacles);
		required.keySet().removeAll(plan.attributes().bestEffort());
		if (!required.isEmpty()) {
			throw Errors.spawn(step(required.keySet().iterator().next()), Unsupported.ERRNO,
					String.join("; ", required.values()));
		}
	}

	/**
	 * Return the step that does a part of a sandbox.
	 * @param part its attribute
	 * @return the step
	 */
	static ChildStep step(Attribute part) {
		return switch (part) {
			case SANDBOX_FILES, SANDBOX_PORTS -> ChildStep.LANDLOCK_RULES;
			case SANDBOX_SIGNALS, SANDBOX_ABSTRACT_SOCKETS -> ChildStep.LANDLOCK;
			case SANDBOX_NETWORK, SANDBOX_SYSTEM_CALLS -> ChildStep.SECCOMP;
			default -> throw new IllegalArgumentException("part must be of a sandbox: " + part);
		};
	}

}
