// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.subprocess.SpawnWarning;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.Resource;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.ChildSandbox;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;

/**
 * What posix_spawn cannot give a child: it is refused, or, where the child may be started
 * without, warned of. Nothing is left out in silence.
 */
final class UnsupportedAttributes {

	private static final int NO_RULE = Integer.MAX_VALUE;

	private final SpawnPlan plan;

	private final Set<String> refused = new LinkedHashSet<>();

	private final List<SpawnWarning> warnings = new ArrayList<>();

	private UnsupportedAttributes(SpawnPlan plan) {
		this.plan = plan;
	}

	/**
	 * Refuse attributes.
	 * @param plan what is to be started
	 * @return a warning for each attribute that the child can do without
	 * @throws SpawnFailure with the names of those that it cannot do without
	 */
	static List<SpawnWarning> refuse(SpawnPlan plan) throws SpawnFailure {
		UnsupportedAttributes unsupported = new UnsupportedAttributes(plan);
		unsupported.refuseWhatSurrounds(plan.attributes());
		unsupported.refuseCredentials(plan.attributes());
		unsupported.refuseSandbox(plan.attributes());
		if (!unsupported.refused.isEmpty()) {
			throw Unsupported.failure(String.join(", ", unsupported.refused));
		}
		return unsupported.warnings;
	}

	private void refuseWhatSurrounds(ChildAttributes wanted) {
		Integer terminal = wanted.controllingTerminal();
		if (terminal != null) {
			refuse(Attribute.CONTROLLING_TERMINAL, ChildStep.TERMINAL, terminal);
		}
		if (wanted.programFile() != null) {
			this.refused.add("a program by its descriptor");
		}
		if (wanted.cgroup() != null) {
			refuse(Attribute.CGROUP, ChildStep.CGROUP, 0);
		}
		for (Resource resource : new TreeSet<>(wanted.limits().keySet())) {
			refuse(Attribute.LIMITS, ChildStep.LIMITS, resource.number());
		}
		if (wanted.nice() != null) {
			refuse(Attribute.NICE, ChildStep.NICE, 0);
		}
		if (wanted.oomScore() != null) {
			refuse(Attribute.OOM_SCORE, ChildStep.OOM_SCORE, 0);
		}
		if (!wanted.affinity().isEmpty()) {
			refuse(Attribute.AFFINITY, ChildStep.AFFINITY, 0);
		}
		if (wanted.umask() != null) {
			refuse(Attribute.UMASK, ChildStep.UMASK, 0);
		}
	}

	private void refuseCredentials(ChildAttributes wanted) {
		if (wanted.groups() != null) {
			refuse(Attribute.GROUPS, ChildStep.GROUPS, 0);
		}
		Long group = wanted.group();
		if (group != null) {
			refuse(Attribute.GROUP, ChildStep.GROUP_ID, group.intValue());
		}
		Long user = wanted.user();
		if (user != null) {
			refuse(Attribute.USER, ChildStep.USER_ID, user.intValue());
		}
		if (wanted.deathSignal() != null) {
			refuse(Attribute.DEATH_SIGNAL, ChildStep.DEATH_SIGNAL, wanted.deathSignal().number());
		}
		if (wanted.noNewPrivileges()) {
			refuse(Attribute.NO_NEW_PRIVILEGES, ChildStep.NO_NEW_PRIVILEGES, 0);
		}
	}

	private void refuseSandbox(ChildAttributes wanted) {
		ChildSandbox sandbox = wanted.sandbox();
		if (sandbox == null) {
			return;
		}
		for (Attribute part : sandbox.parts()) {
			ChildStep step = SandboxFitting.step(part);
			refuse(part, step, NO_RULE);
		}
	}

	private void refuse(Attribute attribute, ChildStep step, int detail) {
		if (!this.plan.attributes().bestEffort().contains(attribute)) {
			this.refused.add(step.text());
			return;
		}
		this.warnings.add(Errors.warning(step, Unsupported.ERRNO,
				GuiltyArgument.of(this.plan, step, detail, Unsupported.ERRNO, 0)));
	}

}
