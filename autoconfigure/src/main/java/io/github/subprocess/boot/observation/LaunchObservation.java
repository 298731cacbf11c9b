// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.observation;

import java.time.Duration;
import java.util.Map;

import io.github.subprocess.ProcessExitException;
import io.github.subprocess.ProcessLostException;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.ProcessTimeoutException;
import io.github.subprocess.event.LaunchFollower;
import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessStarted;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * The observation of one launch.
 */
final class LaunchObservation implements LaunchFollower {

	private final Observation observation;

	private final SubprocessObservationContext context;

	LaunchObservation(Observation observation, SubprocessObservationContext context) {
		this.observation = observation;
		this.context = context;
	}

	@Override
	public Map<String, String> variables() {
		Map<String, String> carrier = this.context.getCarrier();
		return (carrier != null) ? carrier : Map.of();
	}

	@Override
	public void onStarted(ProcessStarted event) {
		this.context.setProcess(event.process());
	}

	@Override
	public void onNotStarted(Throwable failure) {
		stop(outcome(failure), failure);
	}

	private static String outcome(Throwable failure) {
		if (failure instanceof ProcessStartException) {
			return "START_FAILED";
		}
		return (failure instanceof ProcessRejectedException) ? "REJECTED" : "REFUSED";
	}

	@Override
	public void onEnded(ProcessEnded event) {
		// nothing that the process wrote is for those who look at spans
		ProcessResult result = event.process().result();
		this.context.setResult(result);
		stop(event.result().outcome().name(), (result != null) ? failure(result) : null);
	}

	private @Nullable Throwable failure(ProcessResult result) {
		DeadlinesPolicy deadlines = this.context.getRequest().policy().deadlines();
		return switch (result.outcome()) {
			case SUCCESS, CANCELLED -> null;
			case FAILURE, SIGNALLED -> new ProcessExitException(result);
			case TIMEOUT -> timeout(result, (deadlines != null) ? deadlines.wall() : null);
			case IDLE_TIMEOUT -> timeout(result, (deadlines != null) ? deadlines.idle() : null);
			case CPU_TIMEOUT -> timeout(result, (deadlines != null) ? deadlines.cpu() : null);
		};
	}

	private static Throwable timeout(ProcessResult result, @Nullable Duration passed) {
		return new ProcessTimeoutException(result, (passed != null) ? passed : result.duration());
	}

	@Override
	public void onLost(ProcessLostException failure) {
		stop("LOST", failure);
	}

	private void stop(String outcome, @Nullable Throwable failure) {
		this.context.setOutcome(outcome);
		if (failure != null) {
			this.observation.error(failure);
		}
		this.observation.stop();
	}

	@Override
	public Scope openScope() {
		Observation.Scope scope = this.observation.openScope();
		return scope::close;
	}

}
