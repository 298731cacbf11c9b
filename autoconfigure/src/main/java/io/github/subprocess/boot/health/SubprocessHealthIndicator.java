// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.health;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.subprocess.LauncherState;
import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRegistry;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether processes can be launched. It is down when the native core cannot be used
 * or nothing can watch processes any more, and out of service while the launcher is
 * stopped, or when launches of a policy have found no place for a time and none came
 * free. What becomes of single processes has no part in it.
 *
 * @since 0.1.0
 */
public class SubprocessHealthIndicator extends AbstractHealthIndicator {

	private final ProcessLauncher launcher;

	private final Duration patience;

	/**
	 * Create an indicator.
	 * @param launcher whose health it tells
	 * @param patience how long launches of a policy may find no place while none comes
	 * free
	 */
	public SubprocessHealthIndicator(ProcessLauncher launcher, Duration patience) {
		super("Subprocess health check failed");
		this.launcher = launcher;
		this.patience = patience;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		LauncherState state;
		try {
			state = this.launcher.state();
		}
		catch (NativeCoreUnavailableException ex) {
			builder.down().withDetail("unavailable", String.valueOf(ex.getMessage()));
			return;
		}
		Map<String, Duration> blocked = blocked();
		switch (state) {
			case BROKEN -> builder.down();
			case STOPPED -> builder.outOfService();
			case ACCEPTING -> {
				boolean saturated = blocked.values().stream().anyMatch((time) -> time.compareTo(this.patience) >= 0);
				if (saturated) {
					builder.outOfService();
				}
				else {
					builder.up();
				}
			}
		}
		builder.withDetail("state", state).withDetail("live", this.launcher.processes().live().size());
		if (!blocked.isEmpty()) {
			builder.withDetail("blocked", blocked);
		}
	}

	private Map<String, Duration> blocked() {
		ProcessRegistry processes = this.launcher.processes();
		TreeSet<String> policies = new TreeSet<>(this.launcher.policies().keySet());
		policies.add(ProcessLauncher.NO_POLICY);
		Map<String, Duration> blocked = new TreeMap<>();
		for (String policy : policies) {
			Duration time = processes.blocked(policy);
			if (!time.isZero()) {
				blocked.put(policy, time);
			}
		}
		return blocked;
	}

}
