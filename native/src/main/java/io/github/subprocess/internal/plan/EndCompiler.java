// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import io.github.subprocess.policy.CgroupPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.policy.TerminationScope;

/**
 * Checks that a process can be ended as its policy wants it, before it is born.
 */
final class EndCompiler {

	private EndCompiler() {
	}

	static void check(ProcessPolicy policy) {
		TerminationPolicy termination = policy.termination();
		if (termination == null || termination.scope() != TerminationScope.CGROUP) {
			return;
		}
		CgroupPolicy cgroup = policy.cgroup();
		if (cgroup == null || (cgroup.join() == null && cgroup.parent() == null)) {
			throw new IllegalArgumentException("termination.scope must not be CGROUP without a cgroup: "
					+ "the policy has to decide on one, for this process alone");
		}
		if (cgroup.join() != null && OwnCgroup.isWithin(cgroup.join())) {
			throw new IllegalArgumentException("termination.scope must not be CGROUP with cgroup.join " + cgroup.join()
					+ ": the JVM itself is a member of it");
		}
	}

}
