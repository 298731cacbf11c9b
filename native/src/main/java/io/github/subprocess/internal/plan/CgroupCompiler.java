// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.util.List;

import io.github.subprocess.internal.cgroup.CgroupLimit;
import io.github.subprocess.policy.CgroupPolicy;
import io.github.subprocess.spi.ChildAttributes;

/**
 * Compiles the cgroup of a policy. One that is to be made is known at the birth alone.
 */
final class CgroupCompiler {

	private CgroupCompiler() {
	}

	static void compile(CgroupPolicy policy, ChildAttributes.Builder attributes) {
		check(policy);
		if (policy.join() != null) {
			Text.check("cgroup.join", policy.join().toString());
			attributes.cgroup(policy.join().toString());
		}
		if (policy.parent() != null) {
			Text.check("cgroup.parent", policy.parent().toString());
		}
	}

	/**
	 * Refuse limits without a cgroup that they could be set on: the one that is joined is
	 * somebody else's.
	 */
	static void check(CgroupPolicy policy) {
		List<CgroupLimit> limits = CgroupLimit.of(policy);
		if (policy.parent() == null && !limits.isEmpty()) {
			throw new IllegalArgumentException(limits.get(0).key() + ((policy.join() != null)
					? " must not be set together with cgroup.join: limits are for cgroups that are made, below a "
							+ "cgroup.parent"
					: " must not be set without a cgroup.parent, below which a cgroup is made"));
		}
	}

}
