// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.logging;

import io.github.subprocess.LaunchRefusedException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessLostException;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.event.LaunchFollower;
import io.github.subprocess.event.LaunchRequest;
import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessStarted;
import io.github.subprocess.policy.LogLevel;
import org.apache.commons.logging.LogFactory;

/**
 * A launch whose start and end are logged.
 */
final class LoggedLaunch implements LaunchFollower {

	private final LaunchRequest request;

	private final LogLevel level;

	private final boolean showArguments;

	/**
	 * Create a launch that has not begun.
	 * @param request what is asked for
	 * @param level the level of what goes well
	 * @param showArguments whether arguments are logged too
	 */
	LoggedLaunch(LaunchRequest request, LogLevel level, boolean showArguments) {
		this.request = request;
		this.level = level;
		this.showArguments = showArguments;
	}

	@Override
	public void onStarted(ProcessStarted event) {
		log(this.level, "Started " + describe(event.process()));
	}

	@Override
	public void onEnded(ProcessEnded event) {
		ProcessResult result = event.result();
		boolean well = result.outcome() == ProcessOutcome.SUCCESS || result.outcome() == ProcessOutcome.CANCELLED;
		log(well ? this.level : warning(), "Ended %s: %s, %s after %d ms".formatted(describe(event.process()),
				result.outcome(), result.status(), result.duration().toMillis()));
	}

	@Override
	public void onNotStarted(Throwable failure) {
		if (failure instanceof ProcessStartException start) {
			notStarted(start.policy(), start);
		}
		else if (failure instanceof LaunchRefusedException refused) {
			notStarted(refused.policy(), refused);
		}
		else if (failure instanceof ProcessRejectedException rejected) {
			log(warning(), "Rejected '%s', %s: %s".formatted(this.request.program(), rejected.reason(),
					rejected.getMessage()));
		}
		// what else there is are mistakes of the code that launches, which it is told
	}

	/**
	 * A stage of a pipeline is told of the failures of others too, which have a line of
	 * their own.
	 */
	private void notStarted(String policy, RuntimeException failure) {
		if (policy.equals(this.request.policyName())) {
			log(warning(), String.valueOf(failure.getMessage()));
		}
	}

	@Override
	public void onLost(ProcessLostException failure) {
		log(warning(), String.valueOf(failure.getMessage()));
	}

	private LogLevel warning() {
		return (this.level == LogLevel.ERROR) ? LogLevel.ERROR : LogLevel.WARN;
	}

	private String describe(ProcessSnapshot process) {
		String arguments = this.showArguments ? " " + process.arguments() : "";
		return "[%s %d] %s%s".formatted(process.id(), process.pid(), process.program(), arguments);
	}

	private void log(LogLevel level, String message) {
		String policy = this.request.policyName();
		String name = policy.equals(ProcessLauncher.NO_POLICY) ? ProcessLog.NAME : ProcessLog.NAME + "." + policy;
		LogEntry.write(LogFactory.getLog(name), level, message);
	}

}
