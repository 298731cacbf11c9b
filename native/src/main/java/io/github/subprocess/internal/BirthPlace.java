// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.SpawnWarning;
import io.github.subprocess.internal.cgroup.CgroupMaker;
import io.github.subprocess.internal.cgroup.ChildCgroup;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import org.jspecify.annotations.Nullable;

/**
 * The cgroup that a child is going to be born in, if its policy decides on one.
 */
final class BirthPlace {

	private final @Nullable ChildCgroup cgroup;

	private final List<SpawnWarning> refusals;

	private BirthPlace(@Nullable ChildCgroup cgroup, List<SpawnWarning> refusals) {
		this.cgroup = cgroup;
		this.refusals = refusals;
	}

	/**
	 * Make the cgroup of a child, if it is to have one of its own.
	 * @throws SpawnFailure if it cannot be made
	 */
	static BirthPlace prepare(CgroupMaker maker, Launch launch) throws SpawnFailure {
		List<SpawnWarning> refusals = new ArrayList<>();
		ChildCgroup cgroup = maker.make(launch.policyName(), launch.policy(), refusals);
		if (cgroup != null) {
			refusals.addAll(cgroup.warnings());
		}
		return new BirthPlace(cgroup, refusals);
	}

	SpawnPlan in(SpawnPlan plan) {
		return (this.cgroup != null && this.cgroup.isMade())
				? plan.withAttributes(plan.attributes().withCgroup(this.cgroup.cgroup().directory().toString())) : plan;
	}

	/**
	 * Return a child with what it was refused of its cgroup.
	 */
	SpawnedChild tell(SpawnedChild child) {
		return this.refusals.isEmpty() ? child : child.withWarnings(this.refusals);
	}

	/**
	 * Return the cgroup that a child was born in.
	 * @param child the child, as the spawner tells
	 * @return its cgroup, {@code null} when it was born outside
	 */
	@Nullable ChildCgroup of(SpawnedChild child) {
		for (SpawnWarning warning : child.warnings()) {
			if (warning.step().equals(ChildStep.CGROUP.text())) {
				abandon();
				return null;
			}
		}
		return this.cgroup;
	}

	/**
	 * Nobody is going to watch what was born here, or nobody was.
	 */
	void abandon() {
		if (this.cgroup != null && this.cgroup.isMade()) {
			this.cgroup.discard();
		}
	}

}
