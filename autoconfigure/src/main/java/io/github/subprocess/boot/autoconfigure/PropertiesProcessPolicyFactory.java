// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.github.subprocess.policy.ConcurrencyPolicy;
import io.github.subprocess.policy.CredentialsPolicy;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.DescriptorPolicy;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.GuardPolicy;
import io.github.subprocess.policy.LimitsPolicy;
import io.github.subprocess.policy.ObservabilityPolicy;
import io.github.subprocess.policy.OutputPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.Resource;
import io.github.subprocess.policy.SandboxPolicy;
import io.github.subprocess.policy.StreamPolicy;
import io.github.subprocess.policy.SupplementaryGroups;
import io.github.subprocess.policy.TerminalPolicy;
import io.github.subprocess.policy.TerminationPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Makes a {@link ProcessPolicy} of properties, one by one, so that a value that is
 * refused is blamed on its own key. It is as if it were not there then.
 */
final class PropertiesProcessPolicyFactory {

	private final EnvironmentVariableNames variableNames;

	private final Duration shutdownPhase;

	private final PropertyProblems problems;

	PropertiesProcessPolicyFactory(EnvironmentVariableNames variableNames, Duration shutdownPhase,
			PropertyProblems problems) {
		this.variableNames = variableNames;
		this.shutdownPhase = shutdownPhase;
		this.problems = problems;
	}

	ProcessPolicy defaults(PolicyProperties properties) {
		if (properties.getCommand() != null) {
			this.problems.addInvalid(PolicyKey.DEFAULTS + ".command", null,
					"Defaults hold for every process and must not name a command; a policy may.");
		}
		if (properties.getBase() != null) {
			this.problems.addInvalid(PolicyKey.DEFAULTS + ".base", properties.getBase(),
					"Defaults are beneath all policies and are based on none.");
		}
		return create(PolicyKey.DEFAULTS, properties).withCommand((List<String>) null);
	}

	ProcessPolicy policy(String name, PolicyProperties properties) {
		return create(PolicyKey.of(name), properties);
	}

	private ProcessPolicy create(String key, PolicyProperties properties) {
		ProcessPolicy policy = ProcessPolicy.undecided()
			.withMechanism(properties.getMechanism())
			.withDescriptors(descriptors(key, properties.getDescriptors()))
			.withSession(properties.getSession())
			.withTerminal(terminal(key, properties.getTerminal()))
			.withLimits(limits(key, properties.getLimits()))
			.withCredentials(credentials(key, properties.getCredentials()))
			.withGuard(guard(key, properties.getGuard()))
			.withSandbox(sandbox(key, properties.getSandbox()))
			.withDeathSignal(properties.getDeathSignal())
			.withNoNewPrivileges(properties.getNoNewPrivileges())
			.withIgnoredSignals(properties.getIgnoredSignals())
			.withBestEffort(properties.getBestEffort())
			.withWorkingDirectory(properties.getWorkingDirectory())
			.withEnvironment(environment(key, properties.getEnvironment()))
			.withDeadlines(deadlines(key, properties.getDeadlines()))
			.withConcurrency(concurrency(key, properties.getConcurrency()))
			.withTermination(termination(key, properties.getTermination()))
			.withOutput(output(key, properties.getOutput()))
			.withObservability(ObservabilityPolicy.undecided()
				.withLogLevel(properties.getObservability().getLogLevel())
				.withShowArguments(properties.getObservability().getShowArguments())
				.withTraceContext(properties.getObservability().getTraceContext()));
		policy = policy.withCgroup(new CgroupPolicyFactory(key, this.problems).create(properties.getCgroup()));
		policy = policy.withUmask(accept(key, "umask", properties.getUmask(), PropertiesProcessPolicyFactory::umask));
		policy = accept(key, "command", properties.getCommand(), null, policy::withCommand);
		return accept(key, "success-exit-codes", properties.getSuccessExitCodes(), properties.getSuccessExitCodes(),
				policy::withSuccessExitCodes);
	}

	private DescriptorPolicy descriptors(String key, PolicyProperties.Descriptors properties) {
		List<Integer> keep = properties.getKeep();
		Map<Integer, Integer> map = properties.getMap();
		DescriptorPolicy mapped = accept(key, "descriptors.map", map, map,
				(value) -> new DescriptorPolicy(null, null, value));
		return accept(key, "descriptors.keep", keep, keep, (value) -> new DescriptorPolicy(properties.getMode(), value))
			.orElse(mapped);
	}

	private EnvironmentPolicy environment(String key, PolicyProperties.Environment properties) {
		List<String> inherit = properties.getInherit();
		Map<String, String> set = properties.getSet();
		if (set != null) {
			set = this.variableNames.asWritten(key + ".environment.set", set);
		}
		EnvironmentPolicy inherited = accept(key, "environment.inherit", inherit, inherit,
				(value) -> new EnvironmentPolicy(value, null));
		List<String> unset = properties.getUnset();
		EnvironmentPolicy withheld = accept(key, "environment.unset", unset, unset,
				(value) -> new EnvironmentPolicy(null, null, value));
		return accept(key, "environment.set", set, null, (value) -> new EnvironmentPolicy(null, value))
			.orElse(inherited)
			.orElse(withheld);
	}

	private LimitsPolicy limits(String key, LimitsProperties properties) {
		LimitsPolicy policy = LimitsPolicy.undecided();
		policy = accept(key, "limits.nice", properties.getNice(), policy::withNice);
		policy = accept(key, "limits.oom-score", properties.getOomScore(), policy::withOomScore);
		policy = accept(key, "limits.affinity", properties.getAffinity(), policy::withAffinity);
		for (Resource resource : Resource.values()) {
			policy = limit(key, resource, properties, policy);
		}
		return policy;
	}

	private LimitsPolicy limit(String key, Resource resource, LimitsProperties properties, LimitsPolicy policy) {
		String property = resource.name().toLowerCase(Locale.ROOT).replace('_', '-');
		return accept(key, "limits." + property, text(resource, properties),
				(text) -> (text != null) ? policy.withResource(resource, LimitText.parse(resource, text)) : policy);
	}

	private static @Nullable String text(Resource resource, LimitsProperties limits) {
		return switch (resource) {
			case CPU_TIME -> limits.getCpuTime();
			case FILE_SIZE -> limits.getFileSize();
			case DATA -> limits.getData();
			case STACK -> limits.getStack();
			case CORE_SIZE -> limits.getCoreSize();
			case RESIDENT_SET -> limits.getResidentSet();
			case PROCESSES -> limits.getProcesses();
			case OPEN_FILES -> limits.getOpenFiles();
			case LOCKED_MEMORY -> limits.getLockedMemory();
			case ADDRESS_SPACE -> limits.getAddressSpace();
			case FILE_LOCKS -> limits.getFileLocks();
			case PENDING_SIGNALS -> limits.getPendingSignals();
			case MESSAGE_QUEUES -> limits.getMessageQueues();
			case NICE_CEILING -> limits.getNiceCeiling();
			case REALTIME_PRIORITY -> limits.getRealtimePriority();
			case REALTIME_TIME -> limits.getRealtimeTime();
		};
	}

	private CredentialsPolicy credentials(String key, PolicyProperties.Credentials properties) {
		CredentialsPolicy group = accept(key, "credentials.group", properties.getGroup(),
				(value) -> new CredentialsPolicy(null, value, null));
		CredentialsPolicy groups = accept(key, "credentials.groups", properties.getGroups(),
				(value) -> new CredentialsPolicy(null, null, groups(value)));
		CredentialsPolicy policy = accept(key, "credentials.user", properties.getUser(),
				(value) -> new CredentialsPolicy(value, null, null));
		return policy.orElse(group).orElse(groups);
	}

	private GuardPolicy guard(String key, PolicyProperties.Guard properties) {
		GuardPolicy policy = GuardPolicy.undecided()
			.withChecksProgram(properties.getCheckProgram())
			.withPinsProgram(properties.getPinProgram());
		policy = accept(key, "guard.allowed-programs", properties.getAllowedPrograms(), policy::withAllowedPrograms);
		policy = accept(key, "guard.max-arguments", properties.getMaxArguments(), policy::withMaxArguments);
		Integer maxBytes = (properties.getMaxArgumentSize() != null) ? bytes(properties.getMaxArgumentSize()) : null;
		policy = accept(key, "guard.max-argument-size", maxBytes, properties.getMaxArgumentSize(),
				policy::withMaxArgumentBytes);
		return accept(key, "guard.working-directory-root", properties.getWorkingDirectoryRoot(),
				policy::withWorkingDirectoryRoot);
	}

	private TerminalPolicy terminal(String key, PolicyProperties.Terminal properties) {
		TerminalPolicy policy = TerminalPolicy.undecided()
			.withEnabled(properties.getEnabled())
			.withMode(properties.getMode());
		policy = accept(key, "terminal.rows", properties.getRows(), policy::withRows);
		return accept(key, "terminal.columns", properties.getColumns(), policy::withColumns);
	}

	private SandboxPolicy sandbox(String key, SandboxProperties properties) {
		SandboxPolicy policy = SandboxPolicy.undecided();
		policy = accept(key, "sandbox.read-paths", properties.getReadPaths(), policy::withReadPaths);
		policy = accept(key, "sandbox.write-paths", properties.getWritePaths(), policy::withWritePaths);
		policy = accept(key, "sandbox.execute-paths", properties.getExecutePaths(), policy::withExecutePaths);
		policy = accept(key, "sandbox.bind-ports", properties.getBindPorts(), policy::withBindPorts);
		policy = accept(key, "sandbox.connect-ports", properties.getConnectPorts(), policy::withConnectPorts);
		policy = policy.withSystemPaths(properties.getSystemPaths())
			.withNetwork(properties.getNetwork())
			.withIsolatesSignals(properties.getIsolateSignals())
			.withIsolatesAbstractSockets(properties.getIsolateAbstractSockets())
			.withDeniedSystemCalls(properties.getDeniedSystemCalls());
		return Boolean.TRUE.equals(properties.getStrict()) ? policy.orElse(SandboxPolicy.strict()) : policy;
	}

	private static @Nullable SupplementaryGroups groups(@Nullable List<String> names) {
		if (names == null) {
			return null;
		}
		return switch (String.join(",", names)) {
			case "none" -> SupplementaryGroups.none();
			case "of-user" -> SupplementaryGroups.ofUser();
			case "inherited" -> SupplementaryGroups.inherited();
			default -> SupplementaryGroups.of(names.toArray(String[]::new));
		};
	}

	/**
	 * YAML takes 0027 without quotes for an octal number, which arrives as 23.
	 */
	private static @Nullable Integer umask(@Nullable String umask) {
		if (umask == null) {
			return null;
		}
		if (!umask.matches("0[0-7]{3}")) {
			throw new IllegalArgumentException("must be four octal digits in quotes, as '0027': " + umask);
		}
		return Integer.valueOf(umask, 8);
	}

	private TerminationPolicy termination(String key, PolicyProperties.Termination properties) {
		Duration gracePeriod = properties.getGracePeriod();
		return accept(key, "termination.grace-period", gracePeriod, gracePeriod, (value) -> {
			if (value != null && value.compareTo(this.shutdownPhase) >= 0) {
				throw new IllegalArgumentException(
						"must be shorter than 'spring.lifecycle.timeout-per-shutdown-phase', which is "
								+ this.shutdownPhase.toMillis() + "ms");
			}
			return new TerminationPolicy(properties.getSignal(), value, properties.getScope(),
					properties.getOnInterrupt());
		});
	}

	private OutputPolicy output(String key, OutputProperties properties) {
		OutputPolicy policy = OutputPolicy.undecided();
		Long maxBytes = (properties.getMaxSize() != null) ? properties.getMaxSize().toBytes() : null;
		policy = accept(key, "output.max-size", maxBytes, properties.getMaxSize(), policy::withMaxBytes);
		Integer pipeBytes = (properties.getPipeSize() != null) ? bytes(properties.getPipeSize()) : null;
		policy = accept(key, "output.pipe-size", pipeBytes, properties.getPipeSize(), policy::withPipeBytes);
		StreamPolicy stdout = stream(key, "output.stdout", properties.getStdout());
		policy = accept(key, "output.stdout.to", stdout, stdout.to(), policy::withStdout);
		return policy.withStderr(stream(key, "output.stderr", properties.getStderr()));
	}

	private StreamPolicy stream(String key, String stream, OutputProperties.Stream properties) {
		StreamPolicy policy = StreamPolicy.undecided().withTo(properties.getTo());
		policy = accept(key, stream + ".file", properties.getFile(), policy::withFile);
		policy = accept(key, stream + ".append", properties.getAppend(), policy::withAppend);
		return accept(key, stream + ".log-level", properties.getLogLevel(), policy::withLogLevel);
	}

	private static int bytes(DataSize size) {
		return (int) Math.max(Integer.MIN_VALUE, Math.min(size.toBytes(), Integer.MAX_VALUE));
	}

	private DeadlinesPolicy deadlines(String key, PolicyProperties.Deadlines properties) {
		DeadlinesPolicy policy = DeadlinesPolicy.undecided();
		policy = accept(key, "deadlines.start", properties.getStart(), policy::withStart);
		policy = accept(key, "deadlines.wall", properties.getWall(), policy::withWall);
		policy = accept(key, "deadlines.idle", properties.getIdle(), policy::withIdle);
		policy = accept(key, "deadlines.cpu", properties.getCpu(), policy::withCpu);
		return accept(key, "deadlines.drain", properties.getDrain(), policy::withDrain);
	}

	ConcurrencyPolicy concurrency(String key, PolicyProperties.Concurrency properties) {
		ConcurrencyPolicy policy = ConcurrencyPolicy.undecided();
		policy = accept(key, "concurrency.limit", properties.getLimit(), policy::withLimit);
		policy = accept(key, "concurrency.queue", properties.getQueue(), policy::withQueue);
		return accept(key, "concurrency.max-wait", properties.getMaxWait(), policy::withMaxWait);
	}

	private <V, R extends @Nullable Object> R accept(String key, String property, @Nullable V value,
			Function<@Nullable V, R> function) {
		return accept(key, property, value, value, function);
	}

	private <V, R extends @Nullable Object> R accept(String key, String property, @Nullable V value,
			@Nullable Object shown, Function<@Nullable V, R> function) {
		try {
			return function.apply(value);
		}
		catch (IllegalArgumentException ex) {
			this.problems.addInvalid(key + "." + property, shown, reason(property, String.valueOf(ex.getMessage())));
			return function.apply(null);
		}
	}

	/**
	 * Make a sentence of a message that begins with the name of its property.
	 */
	private static String reason(String property, String message) {
		String last = property.substring(property.lastIndexOf('.') + 1);
		String reason = message.replaceFirst("^(" + Pattern.quote(property) + "|" + Pattern.quote(last) + ") ", "");
		return StringUtils.capitalize(reason) + (reason.endsWith(".") ? "" : ".");
	}

}
