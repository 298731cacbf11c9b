// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and keys of the observation of a launch. A bean of this type replaces the
 * default.
 *
 * @since 0.1.0
 * @see DefaultSubprocessObservationConvention
 * @see OpenTelemetrySubprocessObservationConvention
 */
public interface SubprocessObservationConvention extends ObservationConvention<SubprocessObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof SubprocessObservationContext;
	}

}
