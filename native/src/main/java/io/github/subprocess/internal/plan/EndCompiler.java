// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.nio.file.Path;

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
		Path cgroup = policy.cgroup();
		if (cgroup == null) {
			throw new IllegalArgumentException("termination.scope must not be CGROUP without a cgroup: "
					+ "the policy has to decide on one, for this process alone");
		}
		if (OwnCgroup.isWithin(cgroup)) {
			throw new IllegalArgumentException("termination.scope must not be CGROUP with cgroup " + cgroup
					+ ": the JVM itself is a member of it");
		}
	}

}
