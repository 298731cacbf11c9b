// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;

import io.github.subprocess.internal.admission.Place;
import io.github.subprocess.internal.live.Followers;
import io.github.subprocess.spi.SpawnPlan;
import org.jspecify.annotations.Nullable;

/**
 * A launch that may go on: it can be handed to a child, and there is a place for it.
 *
 * @param launch what
 * @param plan the same, compiled
 * @param compileNanos how long that took
 * @param place its place, to be given back
 * @param waited how long it waited for that
 * @param followers who goes along with it
 */
record Admitted(Launch launch, SpawnPlan plan, long compileNanos, Place place, Duration waited, Followers followers) {

	Admitted connected(@Nullable Integer from, @Nullable Integer to) {
		return new Admitted(this.launch.connected(from, to), this.plan, this.compileNanos, this.place, this.waited,
				this.followers);
	}

}
