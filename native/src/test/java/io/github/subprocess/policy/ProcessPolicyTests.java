// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SpawnMechanism;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Policies are merged field by field and refuse what cannot be.
 */
class ProcessPolicyTests {

	@Test
	void fieldsOfPartsAreMergedOneByOne() {
		ProcessPolicy beneath = ProcessPolicy.undecided()
			.withTermination(new TerminationPolicy(ProcessSignal.INT, Duration.ofSeconds(9), null, null))
			.withEnvironment(new EnvironmentPolicy(List.of("PATH"), Map.of("A", "1", "B", "1")));
		ProcessPolicy above = ProcessPolicy.undecided()
			.withTermination(new TerminationPolicy(null, Duration.ofSeconds(1), null, null))
			.withEnvironment(new EnvironmentPolicy(null, Map.of("B", "2")));
		ProcessPolicy merged = above.orElse(beneath).orElse(ProcessPolicy.defaults());
		assertThat(merged.termination()).isEqualTo(new TerminationPolicy(ProcessSignal.INT, Duration.ofSeconds(1),
				TerminationScope.GROUP, OnInterrupt.END));
		assertThat(merged.environment().inherit()).containsExactly("PATH");
		assertThat(merged.environment().set()).containsExactlyInAnyOrderEntriesOf(Map.of("A", "1", "B", "2"));
		assertThat(merged.session()).isEqualTo(SessionMode.NEW_SESSION);
		assertThat(merged.output()).isEqualTo(ProcessPolicy.defaults().output());
	}

	@Test
	void everyComponentHasAWithAndIsMerged() {
		ProcessPolicy all = ProcessPolicy.undecided()
			.withCommand("ls", "-l")
			.withMechanism(SpawnMechanism.FORK)
			.withDescriptors(new DescriptorPolicy(DescriptorPolicy.Mode.INHERIT_ALL, List.of(3), Map.of(4, 5)))
			.withSession(SessionMode.INHERIT)
			.withCgroup(CgroupPolicy.joining(Path.of("/sys/fs/cgroup/jobs")))
			.withLimits(LimitsPolicy.undecided().withNice(3))
			.withUmask(0077)
			.withWorkingDirectory(Path.of("/tmp"))
			.withCredentials(new CredentialsPolicy("media", "media", SupplementaryGroups.none()))
			.withDeathSignal(ProcessSignal.KILL)
			.withNoNewPrivileges(true)
			.withSandbox(SandboxPolicy.strict())
			.withIgnoredSignals(IgnoredSignals.KEEP)
			.withBestEffort(Set.of(Attribute.NICE))
			.withTerminal(new TerminalPolicy(true, 3, 4, TerminalMode.RAW))
			.withGuard(new GuardPolicy(List.of(Path.of("/opt")), true, true, 3, 100, Path.of("/srv")))
			.withEnvironment(new EnvironmentPolicy(List.of("A"), Map.of("B", "1")))
			.withDeadlines(new DeadlinesPolicy(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3),
					Duration.ofSeconds(4), Duration.ofSeconds(5)))
			.withConcurrency(new ConcurrencyPolicy(3, 4, Duration.ofSeconds(5)))
			.withTermination(new TerminationPolicy(ProcessSignal.INT, Duration.ofSeconds(1), TerminationScope.TREE,
					OnInterrupt.LEAVE))
			.withObservability(new ObservabilityPolicy(LogLevel.INFO, true, true))
			.withOutput(new OutputPolicy(3L, 8192, StreamPolicy.undecided().withLogLevel(LogLevel.WARN),
					StreamPolicy.undecided().withFile(Path.of("/tmp/log")).withAppend(true)))
			.withSuccessExitCodes(Set.of(0, 1));
		assertThat(all).hasNoNullFieldsOrProperties();
		assertThat(all.deadlines()).hasNoNullFieldsOrProperties();
		assertThat(all.concurrency()).hasNoNullFieldsOrProperties();
		assertThat(all.termination()).hasNoNullFieldsOrProperties();
		assertThat(all.output()).hasNoNullFieldsOrProperties();
		assertThat(all.observability()).hasNoNullFieldsOrProperties();
		assertThat(all.orElse(ProcessPolicy.undecided())).isEqualTo(all);
		assertThat(ProcessPolicy.undecided().orElse(all)).isEqualTo(all);
		ProcessPolicy other = ProcessPolicy.defaults()
			.withCommand("other")
			.withMechanism(SpawnMechanism.VFORK)
			.withCgroup(CgroupPolicy.joining(Path.of("/other")))
			.withLimits(LimitsPolicy.undecided().withNice(4))
			.withUmask(0)
			.withWorkingDirectory(Path.of("/other"))
			.withCredentials(new CredentialsPolicy("other", "other", SupplementaryGroups.ofUser()))
			.withDeathSignal(ProcessSignal.TERM)
			.withNoNewPrivileges(false)
			.withSandbox(SandboxPolicy.undecided().withSystemPaths(false))
			.withIgnoredSignals(IgnoredSignals.RESET)
			.withBestEffort(Set.of())
			.withTerminal(new TerminalPolicy(false, 5, 6, TerminalMode.NO_ECHO))
			.withGuard(new GuardPolicy(List.of(), false, false, 4, 101, Path.of("/other")));
		assertThat(all.orElse(other)).isEqualTo(all);
	}

	@Test
	void limitsAndCredentialsAreMergedDownToTheirParts() {
		ProcessPolicy beneath = ProcessPolicy.undecided()
			.withLimits(LimitsPolicy.undecided().withNice(3).withResource(Resource.DATA, Limit.of(1)))
			.withCredentials(new CredentialsPolicy("media", null, SupplementaryGroups.ofUser()))
			.withBestEffort(Set.of(Attribute.NICE));
		ProcessPolicy above = ProcessPolicy.undecided()
			.withLimits(LimitsPolicy.undecided().withResource(Resource.STACK, Limit.of(2)))
			.withCredentials(new CredentialsPolicy("other", null, null))
			.withBestEffort(Set.of(Attribute.UMASK));
		ProcessPolicy merged = above.orElse(beneath);
		assertThat(merged.limits().nice()).isEqualTo(3);
		assertThat(merged.limits().resources()).containsOnlyKeys(Resource.DATA, Resource.STACK);
		assertThat(merged.credentials()).isEqualTo(new CredentialsPolicy("other", null, SupplementaryGroups.ofUser()));
		assertThat(merged.bestEffort()).containsExactly(Attribute.UMASK);
	}

	@Test
	void sandboxesAreMergedPartByPart() {
		assertThat(SandboxPolicy.strict()).hasNoNullFieldsOrProperties();
		assertThat(SandboxPolicy.strict().orElse(SandboxPolicy.undecided())).isEqualTo(SandboxPolicy.strict());
		assertThat(SandboxPolicy.undecided().orElse(SandboxPolicy.strict())).isEqualTo(SandboxPolicy.strict());
		SandboxPolicy above = SandboxPolicy.undecided()
			.withReadPaths(List.of(Path.of("/in")))
			.withWritePaths(List.of(Path.of("/out")))
			.withExecutePaths(List.of(Path.of("/tools")))
			.withSystemPaths(false)
			.withNetwork(NetworkAccess.INHERIT)
			.withBindPorts(Set.of(1))
			.withConnectPorts(Set.of(2))
			.withIsolatesSignals(false)
			.withIsolatesAbstractSockets(false)
			.withDeniedSystemCalls(Set.of());
		assertThat(above).hasNoNullFieldsOrProperties();
		assertThat(above.orElse(SandboxPolicy.strict())).isEqualTo(above);
		ProcessPolicy merged = ProcessPolicy.undecided()
			.withSandbox(SandboxPolicy.undecided().withReadPaths(List.of(Path.of("/in"))))
			.orElse(ProcessPolicy.undecided().withSandbox(SandboxPolicy.strict()));
		assertThat(merged.sandbox()).isEqualTo(SandboxPolicy.strict().withReadPaths(List.of(Path.of("/in"))));
	}

	@Test
	void guardsAreMergedOneByOne() {
		GuardPolicy all = GuardPolicy.undecided()
			.withAllowedPrograms(List.of(Path.of("/opt")))
			.withChecksProgram(true)
			.withPinsProgram(true)
			.withMaxArguments(3)
			.withMaxArgumentBytes(100)
			.withWorkingDirectoryRoot(Path.of("/srv"));
		assertThat(all).hasNoNullFieldsOrProperties();
		assertThat(all.orElse(null)).isEqualTo(all);
		assertThat(all.orElse(GuardPolicy.undecided())).isEqualTo(all);
		assertThat(GuardPolicy.undecided().orElse(all)).isEqualTo(all);
		assertThat(all.orElse(new GuardPolicy(List.of(), false, false, 4, 101, Path.of("/other")))).isEqualTo(all);
		ProcessPolicy merged = ProcessPolicy.undecided()
			.withGuard(GuardPolicy.undecided().withMaxArguments(0))
			.orElse(ProcessPolicy.undecided().withGuard(all));
		assertThat(merged.guard()).isEqualTo(all.withMaxArguments(0));
	}

	@Test
	void defaultsLeaveAChildWhatTheJvmHas() {
		ProcessPolicy defaults = ProcessPolicy.defaults();
		assertThat(defaults.command()).isNull();
		assertThat(defaults.workingDirectory()).isNull();
		assertThat(defaults.mechanism()).isNull();
		assertThat(defaults.cgroup()).isNull();
		assertThat(defaults.limits()).isNull();
		assertThat(defaults.umask()).isNull();
		assertThat(defaults.credentials()).isNull();
		assertThat(defaults.deathSignal()).isNull();
		assertThat(defaults.noNewPrivileges()).isNull();
		assertThat(defaults.sandbox()).isNull();
		assertThat(defaults.bestEffort()).isNull();
		assertThat(defaults.guard()).isNull();
		assertThat(defaults.descriptors().mode()).isEqualTo(DescriptorPolicy.Mode.CLOSE_ALL);
		assertThat(defaults.successExitCodes()).isEqualTo(Set.of(0));
		assertThat(defaults.deadlines().wall()).isZero();
	}

	@Test
	void environmentValuesAreNotShown() {
		assertThat(new EnvironmentPolicy(List.of(), Map.of("TOKEN", "s3cret")).toString()).contains("TOKEN")
			.doesNotContain("s3cret");
	}

	@Test
	void whatCannotBeIsRefusedByName() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ProcessPolicy.undecided()
				.withDeadlines(DeadlinesPolicy.undecided().withWall(Duration.ofSeconds(-1))))
			.withMessageContaining("deadlines.wall");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TerminationPolicy(null, Duration.ofSeconds(-1), null, null))
			.withMessageContaining("termination.grace-period");
		assertThatIllegalArgumentException().isThrownBy(() -> new DescriptorPolicy(null, List.of(2)))
			.withMessageContaining("descriptors.keep");
		assertThatIllegalArgumentException().isThrownBy(() -> new OutputPolicy(-1L, null))
			.withMessageContaining("output.max-size");
		assertThatIllegalArgumentException().isThrownBy(() -> new EnvironmentPolicy(null, Map.of("A=", "x")))
			.withMessageContaining("environment.set");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ProcessPolicy.undecided().withSuccessExitCodes(Set.of(256)))
			.withMessageContaining("success-exit-codes");
		assertThatIllegalArgumentException().isThrownBy(() -> ProcessPolicy.undecided().withCommand(List.of()))
			.withMessageContaining("command");
		assertThatIllegalArgumentException().isThrownBy(() -> ProcessPolicy.undecided().withUmask(01000))
			.withMessageContaining("umask must be between 0 and 0777");
		assertThatIllegalArgumentException().isThrownBy(() -> ProcessPolicy.undecided().withUmask(-1))
			.withMessageContaining("umask");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ProcessPolicy.undecided().withCgroup(CgroupPolicy.joining(Path.of("jobs"))))
			.withMessageContaining("cgroup.join must be an absolute path");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SandboxPolicy.undecided().withReadPaths(List.of(Path.of("in"))))
			.withMessageContaining("sandbox.read-paths must hold absolute paths");
		assertThatIllegalArgumentException().isThrownBy(() -> SandboxPolicy.undecided().withConnectPorts(Set.of(65536)))
			.withMessageContaining("sandbox.connect-ports");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> GuardPolicy.undecided().withAllowedPrograms(List.of(Path.of("tool"))))
			.withMessage("guard.allowed-programs must hold absolute paths: tool");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> GuardPolicy.undecided().withWorkingDirectoryRoot(Path.of("work")))
			.withMessage("guard.working-directory-root must be an absolute path: work");
		assertThatIllegalArgumentException().isThrownBy(() -> GuardPolicy.undecided().withMaxArguments(-1))
			.withMessageContaining("guard.max-arguments");
		assertThatIllegalArgumentException().isThrownBy(() -> GuardPolicy.undecided().withMaxArgumentBytes(0))
			.withMessageContaining("guard.max-argument-size");
		assertThatIllegalArgumentException().isThrownBy(() -> ProcessPolicy.undecided().withCommand("tool", "{"))
			.withMessageContaining("command[1]");
	}

}
