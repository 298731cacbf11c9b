// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.info;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.subprocess.LaunchPlatform;
import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.ProcessLauncher;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Tells what a {@link ProcessLauncher} has found of its machine: how processes are born,
 * how their ends are noticed, and what sandboxes can do: the version of Landlock, 0 for
 * none, and filters of system calls.
 *
 * @since 0.1.0
 */
public class SubprocessInfoContributor implements InfoContributor {

	private final ProcessLauncher launcher;

	/**
	 * Create a contributor.
	 * @param launcher what to tell of
	 */
	public SubprocessInfoContributor(ProcessLauncher launcher) {
		this.launcher = launcher;
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, Object> details = new LinkedHashMap<>();
		try {
			LaunchPlatform platform = this.launcher.platform();
			details.put("mechanism", platform.mechanism().name().toLowerCase(Locale.ROOT).replace('_', '-'));
			details.put("exitDetection", platform.pidfds() ? "pidfd" : "polling");
			details.put("landlock", platform.sandbox().landlock());
			details.put("systemCallFilters", platform.sandbox().filters());
		}
		catch (NativeCoreUnavailableException ex) {
			details.put("unavailable", String.valueOf(ex.getMessage()));
		}
		builder.withDetail("subprocess", details);
	}

}
