// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.util.List;
import java.util.Set;

import io.github.subprocess.policy.CredentialsPolicy;
import io.github.subprocess.policy.IgnoredSignals;
import io.github.subprocess.policy.LimitsPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.UserDatabase;

/**
 * Compiles the parts of a policy that a child is given or deprived of.
 */
final class AttributeCompiler {

	private final CredentialsLookup credentials;

	AttributeCompiler(UserDatabase users) {
		this.credentials = new CredentialsLookup(users);
	}

	ChildAttributes compile(ProcessPolicy policy, List<String> programs) {
		ChildAttributes.Builder attributes = ChildAttributes.builder();
		if (policy.cgroup() != null) {
			CgroupCompiler.compile(policy.cgroup(), attributes);
		}
		LimitsPolicy limits = policy.limits();
		if (limits != null) {
			attributes.limits(limits.resources()).nice(limits.nice()).oomScore(limits.oomScore());
			attributes.affinity((limits.affinity() != null) ? limits.affinity() : Set.of());
		}
		attributes.controllingTerminal(TerminalCompiler.compile(policy));
		attributes.umask(policy.umask());
		CredentialsPolicy decided = policy.credentials();
		if (decided != null) {
			this.credentials.apply(decided, attributes);
		}
		attributes.deathSignal(policy.deathSignal());
		attributes.noNewPrivileges(Boolean.TRUE.equals(policy.noNewPrivileges()));
		attributes.sandbox(SandboxCompiler.compile(policy, programs));
		attributes.keepsIgnoredSignals(policy.ignoredSignals() == IgnoredSignals.KEEP);
		attributes.bestEffort((policy.bestEffort() != null) ? policy.bestEffort() : Set.of());
		return attributes.build();
	}

}
