// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SpawnMechanism;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a {@link ProcessPolicy} that can be changed, so that nobody else has to list
 * all components of one.
 */
final class ProcessPolicyDraft {

	@Nullable List<String> command;

	@Nullable SpawnMechanism mechanism;

	@Nullable DescriptorPolicy descriptors;

	@Nullable SessionMode session;

	@Nullable TerminalPolicy terminal;

	@Nullable CgroupPolicy cgroup;

	@Nullable LimitsPolicy limits;

	@Nullable Integer umask;

	@Nullable Path workingDirectory;

	@Nullable CredentialsPolicy credentials;

	@Nullable ProcessSignal deathSignal;

	@Nullable Boolean noNewPrivileges;

	@Nullable SandboxPolicy sandbox;

	@Nullable IgnoredSignals ignoredSignals;

	@Nullable Set<Attribute> bestEffort;

	@Nullable GuardPolicy guard;

	@Nullable EnvironmentPolicy environment;

	@Nullable DeadlinesPolicy deadlines;

	@Nullable ConcurrencyPolicy concurrency;

	@Nullable TerminationPolicy termination;

	@Nullable OutputPolicy output;

	@Nullable ObservabilityPolicy observability;

	@Nullable Set<Integer> successExitCodes;

	ProcessPolicyDraft() {
	}

	ProcessPolicyDraft(ProcessPolicy policy) {
		this.command = policy.command();
		this.mechanism = policy.mechanism();
		this.descriptors = policy.descriptors();
		this.session = policy.session();
		this.terminal = policy.terminal();
		this.cgroup = policy.cgroup();
		this.limits = policy.limits();
		this.umask = policy.umask();
		this.workingDirectory = policy.workingDirectory();
		this.credentials = policy.credentials();
		this.deathSignal = policy.deathSignal();
		this.noNewPrivileges = policy.noNewPrivileges();
		this.sandbox = policy.sandbox();
		this.ignoredSignals = policy.ignoredSignals();
		this.bestEffort = policy.bestEffort();
		this.guard = policy.guard();
		this.environment = policy.environment();
		this.deadlines = policy.deadlines();
		this.concurrency = policy.concurrency();
		this.termination = policy.termination();
		this.output = policy.output();
		this.observability = policy.observability();
		this.successExitCodes = policy.successExitCodes();
	}

	ProcessPolicy toPolicy() {
		return new ProcessPolicy(this.command, this.mechanism, this.descriptors, this.session, this.terminal,
				this.cgroup, this.limits, this.umask, this.workingDirectory, this.credentials, this.deathSignal,
				this.noNewPrivileges, this.sandbox, this.ignoredSignals, this.bestEffort, this.guard, this.environment,
				this.deadlines, this.concurrency, this.termination, this.output, this.observability,
				this.successExitCodes);
	}

}
