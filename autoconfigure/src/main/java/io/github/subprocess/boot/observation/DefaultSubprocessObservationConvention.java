// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.observation;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.boot.observation.SubprocessObservationDocumentation.HighCardinalityKeyNames;
import io.github.subprocess.boot.observation.SubprocessObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * The default {@link SubprocessObservationConvention}: a span is named after its policy.
 *
 * @since 0.1.0
 */
public class DefaultSubprocessObservationConvention implements SubprocessObservationConvention {

	@Override
	public String getName() {
		return SubprocessObservationDocumentation.NAME;
	}

	@Override
	public String getContextualName(SubprocessObservationContext context) {
		return "subprocess " + context.getRequest().policyName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(SubprocessObservationContext context) {
		return KeyValues.of(outcome(context), policy(context));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(SubprocessObservationContext context) {
		KeyValues values = KeyValues.of(executableName(context));
		ProcessSnapshot process = context.getProcess();
		if (process != null) {
			values = values.and(HighCardinalityKeyNames.PROCESS_PID.withValue(String.valueOf(process.pid())));
		}
		ProcessResult result = context.getResult();
		return (result != null) ? values.and(end(result.status())) : values;
	}

	/**
	 * Return the policy of the launch.
	 * @param context what is known of it
	 * @return a key with few values
	 */
	protected KeyValue policy(SubprocessObservationContext context) {
		return LowCardinalityKeyNames.POLICY.withValue(context.getRequest().policyName());
	}

	/**
	 * Return what became of the launch.
	 * @param context what is known of it
	 * @return a key with few values
	 */
	protected KeyValue outcome(SubprocessObservationContext context) {
		return LowCardinalityKeyNames.OUTCOME.withValue(context.getOutcome());
	}

	/**
	 * Return what is executed.
	 * @param context what is known of the launch
	 * @return a key of spans
	 */
	protected KeyValue executableName(SubprocessObservationContext context) {
		return HighCardinalityKeyNames.PROCESS_EXECUTABLE_NAME.withValue(context.getExecutableName());
	}

	/**
	 * Return how the process ended.
	 * @param status its exit code, or the signal that ended it
	 * @return a key of spans
	 */
	protected KeyValue end(ExitStatus status) {
		return (status instanceof ExitStatus.Signalled signalled)
				? HighCardinalityKeyNames.PROCESS_SIGNAL.withValue(ProcessSignal.nameOf(signalled.signal()))
				: HighCardinalityKeyNames.PROCESS_EXIT_CODE.withValue(String.valueOf(status.toExitValue()));
	}

}
