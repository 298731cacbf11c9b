// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.subprocess.ProcessSignal;
import org.jspecify.annotations.Nullable;

/**
 * What a child may inherit, use and say, and how it is ended. Components that are
 * {@code null} are undecided.
 *
 * @param command the program and its first arguments
 * @param descriptors which descriptors it gets
 * @param session whose session and group it belongs to
 * @param workingDirectory where it starts; undecided: where the JVM runs
 * @param environment its environment
 * @param timeout how long it may run; zero: as long as it likes
 * @param termination how it is ended
 * @param output what is kept of its output
 * @param successExitCodes the exit codes that count as success; empty: all
 * @since 0.1.0
 */
public record ProcessPolicy(@Nullable List<String> command, @Nullable DescriptorPolicy descriptors,
		@Nullable SessionMode session, @Nullable Path workingDirectory, @Nullable EnvironmentPolicy environment,
		@Nullable Duration timeout, @Nullable TerminationPolicy termination, @Nullable OutputPolicy output,
		@Nullable Set<Integer> successExitCodes) {

	/**
	 * The variables that a child gets unless a policy says otherwise: what programs need
	 * to find others, to know their user, language and time zone, and a place for
	 * temporary files. Nothing that usually holds a secret.
	 */
	public static final List<String> DEFAULT_INHERITED_VARIABLES = List.of("PATH", "HOME", "USER", "LOGNAME", "LANG",
			"LC_*", "TZ", "TMPDIR");

	private static final ProcessPolicy UNDECIDED = new ProcessPolicy(null, null, null, null, null, null, null, null,
			null);

	private static final ProcessPolicy DEFAULTS = new ProcessPolicy(null,
			new DescriptorPolicy(DescriptorPolicy.Mode.CLOSE_ALL, List.of()), SessionMode.NEW_SESSION, null,
			new EnvironmentPolicy(DEFAULT_INHERITED_VARIABLES, Map.of()), Duration.ZERO,
			new TerminationPolicy(ProcessSignal.TERM, Duration.ofSeconds(5)),
			new OutputPolicy(1024L * 1024, Duration.ofSeconds(2)), Set.of(0));

	public ProcessPolicy {
		if (command != null) {
			command = List.copyOf(command);
			if (command.isEmpty() || command.get(0).isEmpty()) {
				throw new IllegalArgumentException("command must name a program");
			}
		}
		checkNotNegative("timeout", timeout);
		if (successExitCodes != null) {
			successExitCodes = Set.copyOf(successExitCodes);
			for (int code : successExitCodes) {
				if (code < 0 || code > 255) {
					throw new IllegalArgumentException("success-exit-codes must be between 0 and 255: " + code);
				}
			}
		}
	}

	static void checkNotNegative(String property, @Nullable Duration duration) {
		if (duration != null && duration.isNegative()) {
			throw new IllegalArgumentException(property + " must not be negative: " + duration);
		}
	}

	/**
	 * Return the built-in policy: all descriptors closed, a session of its own, a short
	 * clean environment, no timeout, SIGTERM with 5 seconds of grace, 1 MiB of each
	 * captured stream, exit code 0. Everything but the command and the working directory
	 * is decided.
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
		return new ProcessPolicy(command, this.descriptors, this.session, this.workingDirectory, this.environment,
				this.timeout, this.termination, this.output, this.successExitCodes);
	}

	public ProcessPolicy withDescriptors(@Nullable DescriptorPolicy descriptors) {
		return new ProcessPolicy(this.command, descriptors, this.session, this.workingDirectory, this.environment,
				this.timeout, this.termination, this.output, this.successExitCodes);
	}

	public ProcessPolicy withSession(@Nullable SessionMode session) {
		return new ProcessPolicy(this.command, this.descriptors, session, this.workingDirectory, this.environment,
				this.timeout, this.termination, this.output, this.successExitCodes);
	}

	public ProcessPolicy withWorkingDirectory(@Nullable Path workingDirectory) {
		return new ProcessPolicy(this.command, this.descriptors, this.session, workingDirectory, this.environment,
				this.timeout, this.termination, this.output, this.successExitCodes);
	}

	public ProcessPolicy withEnvironment(@Nullable EnvironmentPolicy environment) {
		return new ProcessPolicy(this.command, this.descriptors, this.session, this.workingDirectory, environment,
				this.timeout, this.termination, this.output, this.successExitCodes);
	}

	public ProcessPolicy withTimeout(@Nullable Duration timeout) {
		return new ProcessPolicy(this.command, this.descriptors, this.session, this.workingDirectory, this.environment,
				timeout, this.termination, this.output, this.successExitCodes);
	}

	public ProcessPolicy withTermination(@Nullable TerminationPolicy termination) {
		return new ProcessPolicy(this.command, this.descriptors, this.session, this.workingDirectory, this.environment,
				this.timeout, termination, this.output, this.successExitCodes);
	}

	public ProcessPolicy withOutput(@Nullable OutputPolicy output) {
		return new ProcessPolicy(this.command, this.descriptors, this.session, this.workingDirectory, this.environment,
				this.timeout, this.termination, output, this.successExitCodes);
	}

	public ProcessPolicy withSuccessExitCodes(@Nullable Set<Integer> successExitCodes) {
		return new ProcessPolicy(this.command, this.descriptors, this.session, this.workingDirectory, this.environment,
				this.timeout, this.termination, this.output, successExitCodes);
	}

	/**
	 * Return this policy with what is undecided taken from another, field by field down
	 * to the parts of its parts.
	 * @param other the policy beneath
	 * @return the merged policy
	 */
	public ProcessPolicy orElse(ProcessPolicy other) {
		return new ProcessPolicy((this.command != null) ? this.command : other.command,
				(this.descriptors != null) ? this.descriptors.orElse(other.descriptors) : other.descriptors,
				(this.session != null) ? this.session : other.session,
				(this.workingDirectory != null) ? this.workingDirectory : other.workingDirectory,
				(this.environment != null) ? this.environment.orElse(other.environment) : other.environment,
				(this.timeout != null) ? this.timeout : other.timeout,
				(this.termination != null) ? this.termination.orElse(other.termination) : other.termination,
				(this.output != null) ? this.output.orElse(other.output) : other.output,
				(this.successExitCodes != null) ? this.successExitCodes : other.successExitCodes);
	}

}
