// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure.health;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Properties of the health of the launcher.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("management.health.subprocess")
public class SubprocessHealthIndicatorProperties {

	/**
	 * Time for which launches of a policy may find no place while none comes free. If a
	 * duration suffix is not specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration patience = Duration.ofMinutes(1);

	public Duration getPatience() {
		return this.patience;
	}

	public void setPatience(Duration patience) {
		this.patience = patience;
	}

}
