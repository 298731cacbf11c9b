// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SpawnMechanism;
import org.jspecify.annotations.Nullable;

/**
 * What a child may inherit, use and say, and how it is ended. Components that are
 * {@code null} are undecided.
 * <p>
 * What the platform refuses fails the start, with the name of the step; what is marked as
 * best effort is done without then, and told as a
 * {@linkplain io.github.subprocess.SpawnWarning warning}.
 *
 * @param command the program and its first arguments, with placeholders
 * <code>{name}</code> for what launches fill in: a {@link CommandTemplate}
 * @param mechanism how it is born; undecided: in the best way that works
 * @param descriptors which descriptors it gets
 * @param session whose session and group it belongs to
 * @param terminal whether it has a terminal of its own; undecided: it has none
 * @param cgroup the cgroup that it is in before its program runs; undecided: the JVM's
 * @param limits what it may use
 * @param umask the file mode creation mask (umask(2)), 0 to 0777, in octal as a rule;
 * undecided: the JVM's
 * @param workingDirectory where it starts; undecided: where the JVM runs
 * @param credentials with whose rights it runs; undecided: the JVM's
 * @param deathSignal what it gets when the JVM dies without having ended it
 * (PR_SET_PDEATHSIG, prctl(2)); its own children do not, and a set-user-id program clears
 * it; undecided: nothing
 * @param noNewPrivileges whether set-user-id and set-group-id programs and file
 * capabilities give it and its descendants no power (PR_SET_NO_NEW_PRIVS, prctl(2));
 * undecided: as the JVM, but for a sandbox, which implies it
 * @param sandbox what it is deprived of for the sake of untrusted input; undecided:
 * nothing
 * @param ignoredSignals what becomes of signals that the JVM ignores; undecided: they are
 * reset
 * @param bestEffort what it can be started without; undecided: nothing
 * @param guard what its launches may ask for; undecided: anything
 * @param environment its environment
 * @param deadlines how long each stretch of its life may take
 * @param concurrency how many processes of this policy may live at once
 * @param termination how it is ended
 * @param output where its output goes and what is kept of it
 * @param observability what is told of it, and what it is told
 * @param successExitCodes the exit codes that count as success; empty: all
 * @since 0.1.0
 */
public record ProcessPolicy(@Nullable List<String> command, @Nullable SpawnMechanism mechanism,
		@Nullable DescriptorPolicy descriptors, @Nullable SessionMode session, @Nullable TerminalPolicy terminal,
		@Nullable CgroupPolicy cgroup, @Nullable LimitsPolicy limits, @Nullable Integer umask,
		@Nullable Path workingDirectory, @Nullable CredentialsPolicy credentials, @Nullable ProcessSignal deathSignal,
		@Nullable Boolean noNewPrivileges, @Nullable SandboxPolicy sandbox, @Nullable IgnoredSignals ignoredSignals,
		@Nullable Set<Attribute> bestEffort, @Nullable GuardPolicy guard, @Nullable EnvironmentPolicy environment,
		@Nullable DeadlinesPolicy deadlines, @Nullable ConcurrencyPolicy concurrency,
		@Nullable TerminationPolicy termination, @Nullable OutputPolicy output,
		@Nullable ObservabilityPolicy observability, @Nullable Set<Integer> successExitCodes) {

	/**
	 * The variables that a child gets unless a policy says otherwise: what programs need
	 * to find others, to know their user, language and time zone, and a place for
	 * temporary files. Nothing that usually holds a secret.
	 */
	public static final List<String> DEFAULT_INHERITED_VARIABLES = List.of("PATH", "HOME", "USER", "LOGNAME", "LANG",
			"LC_*", "TZ", "TMPDIR");

	private static final ProcessPolicy UNDECIDED = new ProcessPolicyDraft().toPolicy();

	private static final ProcessPolicy DEFAULTS = UNDECIDED
		.withDescriptors(new DescriptorPolicy(DescriptorPolicy.Mode.CLOSE_ALL, List.of()))
		.withSession(SessionMode.NEW_SESSION)
		.withEnvironment(new EnvironmentPolicy(DEFAULT_INHERITED_VARIABLES, Map.of()))
		.withDeadlines(
				new DeadlinesPolicy(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2)))
		.withConcurrency(new ConcurrencyPolicy(0, 1000, Duration.ZERO))
		.withTermination(new TerminationPolicy(ProcessSignal.TERM, Duration.ofSeconds(5), TerminationScope.GROUP,
				OnInterrupt.END))
		.withOutput(new OutputPolicy(1024L * 1024, 256 * 1024))
		.withObservability(ObservabilityPolicy.undecided().withTraceContext(false))
		.withSuccessExitCodes(Set.of(0));

	public ProcessPolicy {
		if (command != null) {
			command = List.copyOf(command);
			CommandTemplate.of(command);
		}
		if (workingDirectory != null && workingDirectory.toString().isEmpty()) {
			throw new IllegalArgumentException("working-directory must not be empty");
		}
		if (umask != null && (umask < 0 || umask > 0777)) {
			throw new IllegalArgumentException("umask must be between 0 and 0777, which is 511: " + umask);
		}
		bestEffort = (bestEffort != null) ? Set.copyOf(bestEffort) : null;
		if (successExitCodes != null) {
			successExitCodes = Set.copyOf(successExitCodes);
			successExitCodes.forEach((code) -> checkBetween("success-exit-codes", code, 0, 255));
		}
	}

	static void checkNotNegative(String property, @Nullable Duration duration) {
		if (duration != null && duration.isNegative()) {
			throw new IllegalArgumentException(property + " must not be negative: " + duration);
		}
	}

	static void checkBetween(String property, @Nullable Integer value, int smallest, int largest) {
		if (value != null && (value < smallest || value > largest)) {
			throw new IllegalArgumentException(
					property + " must be between " + smallest + " and " + largest + ": " + value);
		}
	}

	/**
	 * Return the built-in policy: all descriptors closed, a session of its own, a short
	 * clean environment, no deadline but 2 seconds for the drain, SIGTERM to the group
	 * with 5 seconds of grace, no limit on how many live at once and 1,000 that may wait
	 * where there is one, 1 MiB of each captured stream, pipes of 256 KiB, no trace
	 * context, exit code 0. What it leaves undecided, such as limits and credentials, a
	 * child has from the JVM.
	 * @return the built-in policy
	 */
	public static ProcessPolicy defaults() {
		return DEFAULTS;
	}

	/**
	 * Return a policy that decides nothing.
	 * @return the policy to start from
	 */
	public static ProcessPolicy undecided() {
		return UNDECIDED;
	}

	public ProcessPolicy withCommand(String... command) {
		return withCommand(List.of(command));
	}

	public ProcessPolicy withCommand(@Nullable List<String> command) {
		return with((draft) -> draft.command = command);
	}

	public ProcessPolicy withMechanism(@Nullable SpawnMechanism mechanism) {
		return with((draft) -> draft.mechanism = mechanism);
	}

	public ProcessPolicy withDescriptors(@Nullable DescriptorPolicy descriptors) {
		return with((draft) -> draft.descriptors = descriptors);
	}

	public ProcessPolicy withSession(@Nullable SessionMode session) {
		return with((draft) -> draft.session = session);
	}

	public ProcessPolicy withTerminal(@Nullable TerminalPolicy terminal) {
		return with((draft) -> draft.terminal = terminal);
	}

	public ProcessPolicy withCgroup(@Nullable CgroupPolicy cgroup) {
		return with((draft) -> draft.cgroup = cgroup);
	}

	public ProcessPolicy withLimits(@Nullable LimitsPolicy limits) {
		return with((draft) -> draft.limits = limits);
	}

	public ProcessPolicy withUmask(@Nullable Integer umask) {
		return with((draft) -> draft.umask = umask);
	}

	public ProcessPolicy withWorkingDirectory(@Nullable Path workingDirectory) {
		return with((draft) -> draft.workingDirectory = workingDirectory);
	}

	public ProcessPolicy withCredentials(@Nullable CredentialsPolicy credentials) {
		return with((draft) -> draft.credentials = credentials);
	}

	public ProcessPolicy withDeathSignal(@Nullable ProcessSignal deathSignal) {
		return with((draft) -> draft.deathSignal = deathSignal);
	}

	public ProcessPolicy withNoNewPrivileges(@Nullable Boolean noNewPrivileges) {
		return with((draft) -> draft.noNewPrivileges = noNewPrivileges);
	}

	public ProcessPolicy withSandbox(@Nullable SandboxPolicy sandbox) {
		return with((draft) -> draft.sandbox = sandbox);
	}

	public ProcessPolicy withIgnoredSignals(@Nullable IgnoredSignals ignoredSignals) {
		return with((draft) -> draft.ignoredSignals = ignoredSignals);
	}

	public ProcessPolicy withBestEffort(@Nullable Set<Attribute> bestEffort) {
		return with((draft) -> draft.bestEffort = bestEffort);
	}

	public ProcessPolicy withGuard(@Nullable GuardPolicy guard) {
		return with((draft) -> draft.guard = guard);
	}

	public ProcessPolicy withEnvironment(@Nullable EnvironmentPolicy environment) {
		return with((draft) -> draft.environment = environment);
	}

	public ProcessPolicy withDeadlines(@Nullable DeadlinesPolicy deadlines) {
		return with((draft) -> draft.deadlines = deadlines);
	}

	public ProcessPolicy withConcurrency(@Nullable ConcurrencyPolicy concurrency) {
		return with((draft) -> draft.concurrency = concurrency);
	}

	public ProcessPolicy withTermination(@Nullable TerminationPolicy termination) {
		return with((draft) -> draft.termination = termination);
	}

	public ProcessPolicy withOutput(@Nullable OutputPolicy output) {
		return with((draft) -> draft.output = output);
	}

	public ProcessPolicy withObservability(@Nullable ObservabilityPolicy observability) {
		return with((draft) -> draft.observability = observability);
	}

	public ProcessPolicy withSuccessExitCodes(@Nullable Set<Integer> successExitCodes) {
		return with((draft) -> draft.successExitCodes = successExitCodes);
	}

	private ProcessPolicy with(Consumer<ProcessPolicyDraft> change) {
		ProcessPolicyDraft draft = new ProcessPolicyDraft(this);
		change.accept(draft);
		return draft.toPolicy();
	}

	/**
	 * Return this policy with what is undecided taken from another, field by field down
	 * to the parts of its parts.
	 * @param other the policy beneath
	 * @return the merged policy
	 */
	public ProcessPolicy orElse(ProcessPolicy other) {
		if (UNDECIDED.equals(this)) {
			return other;
		}
		return with((draft) -> {
			draft.command = first(this.command, other.command);
			draft.mechanism = first(this.mechanism, other.mechanism);
			draft.descriptors = merge(this.descriptors, other.descriptors, DescriptorPolicy::orElse);
			draft.session = first(this.session, other.session);
			draft.terminal = merge(this.terminal, other.terminal, TerminalPolicy::orElse);
			draft.cgroup = merge(this.cgroup, other.cgroup, CgroupPolicy::orElse);
			draft.limits = merge(this.limits, other.limits, LimitsPolicy::orElse);
			draft.umask = first(this.umask, other.umask);
			draft.workingDirectory = first(this.workingDirectory, other.workingDirectory);
			draft.credentials = merge(this.credentials, other.credentials, CredentialsPolicy::orElse);
			draft.deathSignal = first(this.deathSignal, other.deathSignal);
			draft.noNewPrivileges = first(this.noNewPrivileges, other.noNewPrivileges);
			draft.sandbox = merge(this.sandbox, other.sandbox, SandboxPolicy::orElse);
			draft.ignoredSignals = first(this.ignoredSignals, other.ignoredSignals);
			draft.bestEffort = first(this.bestEffort, other.bestEffort);
			draft.guard = merge(this.guard, other.guard, GuardPolicy::orElse);
			draft.environment = merge(this.environment, other.environment, EnvironmentPolicy::orElse);
			draft.deadlines = merge(this.deadlines, other.deadlines, DeadlinesPolicy::orElse);
			draft.concurrency = merge(this.concurrency, other.concurrency, ConcurrencyPolicy::orElse);
			draft.termination = merge(this.termination, other.termination, TerminationPolicy::orElse);
			draft.output = merge(this.output, other.output, OutputPolicy::orElse);
			draft.observability = merge(this.observability, other.observability, ObservabilityPolicy::orElse);
			draft.successExitCodes = first(this.successExitCodes, other.successExitCodes);
		});
	}

	static <T> @Nullable T first(@Nullable T decided, @Nullable T beneath) {
		return (decided != null) ? decided : beneath;
	}

	private static <T> @Nullable T merge(@Nullable T decided, @Nullable T beneath, BinaryOperator<T> orElse) {
		return (decided != null && beneath != null) ? orElse.apply(decided, beneath) : first(decided, beneath);
	}

}
