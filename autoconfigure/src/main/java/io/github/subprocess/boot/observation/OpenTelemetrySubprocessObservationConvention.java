// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.observation;

import java.util.Locale;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.boot.observation.SubprocessObservationDocumentation.HighCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * Spans as the semantic conventions of OpenTelemetry want them for calls of command line
 * programs: named after the executable, with {@code error.type} for what has failed and
 * an exit code for whatever has ended, 128 plus the number of the signal as shells have
 * it. Those conventions are in development and may change. Arguments are not told.
 *
 * @since 0.1.0
 */
public class OpenTelemetrySubprocessObservationConvention extends DefaultSubprocessObservationConvention {

	@Override
	public String getContextualName(SubprocessObservationContext context) {
		return context.getExecutableName();
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(SubprocessObservationContext context) {
		KeyValues values = super.getHighCardinalityKeyValues(context);
		return (context.getError() != null) ? values.and(errorType(context)) : values;
	}

	@Override
	protected KeyValue end(ExitStatus status) {
		return HighCardinalityKeyNames.PROCESS_EXIT_CODE.withValue(String.valueOf(status.toExitValue()));
	}

	/**
	 * Return what has failed.
	 * @param context what is known of a launch that has
	 * @return a key of spans: the name of the error that kept the program from starting,
	 * such as {@code ENOENT}, or the outcome in lower case
	 */
	protected KeyValue errorType(SubprocessObservationContext context) {
		String type = (context.getError() instanceof ProcessStartException failure && failure.errno() != 0)
				? failure.errnoName() : context.getOutcome().toLowerCase(Locale.ROOT);
		return HighCardinalityKeyNames.ERROR_TYPE.withValue(type);
	}

}
