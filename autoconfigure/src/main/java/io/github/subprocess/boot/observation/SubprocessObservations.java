// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.observation;

import io.github.subprocess.event.LaunchFollower;
import io.github.subprocess.event.LaunchInterceptor;
import io.github.subprocess.event.LaunchRequest;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Observes launches: from before one is checked, with what the calling thread is doing as
 * parent, until its process has ended.
 *
 * @since 0.1.0
 */
public class SubprocessObservations implements LaunchInterceptor {

	private static final SubprocessObservationConvention DEFAULT_CONVENTION = new DefaultSubprocessObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable SubprocessObservationConvention convention;

	/**
	 * Create observations.
	 * @param registry who is told
	 * @param convention names and keys; {@code null}: the default
	 */
	public SubprocessObservations(ObservationRegistry registry, @Nullable SubprocessObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public @Nullable LaunchFollower intercept(LaunchRequest request) {
		if (this.registry.isNoop()) {
			return null;
		}
		SubprocessObservationContext context = new SubprocessObservationContext(request);
		Observation observation = SubprocessObservationDocumentation.EXECUTION.start(this.convention,
				DEFAULT_CONVENTION, () -> context, this.registry);
		return observation.isNoop() ? null : new LaunchObservation(observation, context);
	}

}
