// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.CredentialsPolicy;
import io.github.subprocess.policy.GuardPolicy;
import io.github.subprocess.policy.LimitsPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SandboxPolicy;
import io.github.subprocess.policy.SupplementaryGroups;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a policy asks for that cannot be had by the mechanism that it names:
 * posix_spawn(3) gives a child none of what only its own system calls can.
 */
final class MechanismCheck {

	private static final String REASON = "cannot be had with mechanism posix-spawn";

	private final ProcessPolicy policy;

	private final PolicyProblems problems;

	MechanismCheck(ProcessPolicy policy, PolicyProblems problems) {
		this.policy = policy;
		this.problems = problems;
	}

	void check() {
		if (this.policy.mechanism() != SpawnMechanism.POSIX_SPAWN) {
			return;
		}
		check(Attribute.CGROUP, "cgroup", this.policy.cgroup());
		check(Attribute.UMASK, "umask", this.policy.umask());
		check(Attribute.DEATH_SIGNAL, "death-signal", this.policy.deathSignal());
		check(Attribute.NO_NEW_PRIVILEGES, "no-new-privileges", orNull(this.policy.noNewPrivileges()));
		if (this.policy.terminal() != null) {
			check(Attribute.CONTROLLING_TERMINAL, "terminal.enabled", orNull(this.policy.terminal().enabled()));
		}
		checkLimits(this.policy.limits());
		checkCredentials(this.policy.credentials());
		if (this.policy.sandbox() != null) {
			check(this.policy.sandbox());
		}
		GuardPolicy guard = this.policy.guard();
		if (guard != null && Boolean.TRUE.equals(guard.pinsProgram())) {
			this.problems.add("guard.pin-program", REASON);
		}
	}

	private void checkLimits(@Nullable LimitsPolicy limits) {
		if (limits == null) {
			return;
		}
		if (!limits.resources().isEmpty()) {
			check(Attribute.LIMITS, "limits", limits.resources());
		}
		check(Attribute.NICE, "limits.nice", limits.nice());
		check(Attribute.OOM_SCORE, "limits.oom-score", limits.oomScore());
		if (limits.affinity() != null && !limits.affinity().isEmpty()) {
			check(Attribute.AFFINITY, "limits.affinity", limits.affinity());
		}
	}

	private void checkCredentials(@Nullable CredentialsPolicy credentials) {
		if (credentials == null) {
			return;
		}
		check(Attribute.USER, "credentials.user", credentials.user());
		check(Attribute.GROUP, "credentials.group", credentials.group());
		if (!(credentials.groups() instanceof SupplementaryGroups.Inherited)) {
			check(Attribute.GROUPS, "credentials.groups", credentials.groups());
		}
	}

	private void check(SandboxPolicy sandbox) {
		if (sandbox.parts().stream().anyMatch(this.problems::isRequired)) {
			this.problems.add("sandbox", REASON);
		}
	}

	private static @Nullable Boolean orNull(@Nullable Boolean wanted) {
		return Boolean.TRUE.equals(wanted) ? wanted : null;
	}

	private void check(Attribute attribute, String part, @Nullable Object wanted) {
		if (wanted != null) {
			this.problems.add(attribute, part, REASON);
		}
	}

}
