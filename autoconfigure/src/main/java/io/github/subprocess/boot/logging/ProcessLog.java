// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.logging;

import java.util.function.Supplier;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.event.ProcessRefused;
import io.github.subprocess.event.ProcessRejected;
import io.github.subprocess.event.ProcessStartFailed;
import io.github.subprocess.event.ProcessStarted;
import io.github.subprocess.policy.LogLevel;
import io.github.subprocess.policy.ObservabilityPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.apache.commons.logging.LogFactory;

/**
 * Logs what happens to the processes of policies that ask for it, a line each. What went
 * wrong, which is all but a start, a successful end and one that was asked for, is a
 * warning at least. The logger is named {@value #NAME} and the name of the policy after a
 * dot, or without that for an ad-hoc command.
 *
 * @since 0.1.0
 */
public class ProcessLog implements ProcessListener {

	/**
	 * The name of the logger of ad-hoc commands, above those of policies.
	 */
	public static final String NAME = "io.github.subprocess.policy";

	private final Supplier<ProcessLauncher> launcher;

	/**
	 * Create a log.
	 * @param launcher gives the launcher whose policies decide, when something is to be
	 * logged
	 */
	public ProcessLog(Supplier<ProcessLauncher> launcher) {
		this.launcher = launcher;
	}

	@Override
	public void onStarted(ProcessStarted event) {
		ProcessSnapshot process = event.process();
		ObservabilityPolicy decided = decided(process.policy());
		log(process.policy(), level(decided), "Started " + describe(process, decided));
	}

	@Override
	public void onEnded(ProcessEnded event) {
		ProcessSnapshot process = event.process();
		ProcessResult result = event.result();
		ObservabilityPolicy decided = decided(process.policy());
		boolean well = result.outcome() == ProcessOutcome.SUCCESS || result.outcome() == ProcessOutcome.CANCELLED;
		log(process.policy(), well ? level(decided) : warning(level(decided)), "Ended %s: %s, %s after %d ms"
			.formatted(describe(process, decided), result.outcome(), result.status(), result.duration().toMillis()));
	}

	@Override
	public void onStartFailed(ProcessStartFailed event) {
		warn(event.policy(), String.valueOf(event.failure().getMessage()));
	}

	@Override
	public void onRejected(ProcessRejected event) {
		warn(event.policy(),
				"Rejected '%s': %s after %d ms".formatted(event.program(), event.reason(), event.waited().toMillis()));
	}

	@Override
	public void onRefused(ProcessRefused event) {
		warn(event.policy(), String.valueOf(event.failure().getMessage()));
	}

	private void warn(String policy, String message) {
		log(policy, warning(level(decided(policy))), message);
	}

	private ObservabilityPolicy decided(String name) {
		ProcessLauncher launcher = this.launcher.get();
		ProcessPolicy policy = name.equals(ProcessLauncher.NO_POLICY) ? launcher.defaultPolicy()
				: launcher.policies().get(name);
		ObservabilityPolicy decided = (policy != null) ? policy.observability() : null;
		return (decided != null) ? decided : ObservabilityPolicy.undecided();
	}

	private static LogLevel level(ObservabilityPolicy decided) {
		return (decided.logLevel() != null) ? decided.logLevel() : LogLevel.OFF;
	}

	private static LogLevel warning(LogLevel level) {
		return (level == LogLevel.OFF || level == LogLevel.ERROR) ? level : LogLevel.WARN;
	}

	private static String describe(ProcessSnapshot process, ObservabilityPolicy decided) {
		String arguments = Boolean.TRUE.equals(decided.showArguments()) ? " " + process.arguments() : "";
		return "[%s %d] %s%s".formatted(process.id(), process.pid(), process.program(), arguments);
	}

	private static void log(String policy, LogLevel level, String message) {
		if (level == LogLevel.OFF) {
			return;
		}
		String name = policy.equals(ProcessLauncher.NO_POLICY) ? NAME : NAME + "." + policy;
		LogEntry.write(LogFactory.getLog(name), level, message);
	}

}
