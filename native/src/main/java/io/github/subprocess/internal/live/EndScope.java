// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import io.github.subprocess.internal.cgroup.ChildCgroup;
import io.github.subprocess.internal.tree.CgroupCompanions;
import io.github.subprocess.internal.tree.Companions;
import io.github.subprocess.internal.tree.GroupCompanions;
import io.github.subprocess.internal.tree.Kin;
import io.github.subprocess.internal.tree.NoCompanions;
import io.github.subprocess.internal.tree.TreeCompanions;
import io.github.subprocess.policy.TerminationScope;
import io.github.subprocess.spi.OperatingSystem;

/**
 * Decides who is ended together with a process.
 */
final class EndScope {

	private EndScope() {
	}

	static Companions companions(OperatingSystem system, ProcessIdentity identity, Kin kin) {
		TerminationScope scope = identity.termination().scope();
		int pid = identity.child().pid();
		int pidfd = identity.child().pidfd();
		if (scope == TerminationScope.PROCESS) {
			return new NoCompanions(system.spawner(), identity.child());
		}
		Companions group = (identity.ownGroup() != 0) ? new GroupCompanions(system, identity.ownGroup(), pidfd)
				: new NoCompanions(system.spawner(), identity.child());
		if (scope == TerminationScope.TREE) {
			return new TreeCompanions(system, kin, group);
		}
		// a policy may let it be started outside when the cgroup cannot be joined
		ChildCgroup cgroup = identity.cgroup();
		if (scope == TerminationScope.CGROUP && cgroup != null) {
			return new CgroupCompanions(system, cgroup.cgroup(), pid, group);
		}
		return group;
	}

}
