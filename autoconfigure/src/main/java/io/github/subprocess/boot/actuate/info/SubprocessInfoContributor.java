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
 * how their ends are noticed, how descriptors are closed in them, what sandboxes can do:
 * the version of Landlock, 0 for none, and filters of system calls, and what else the
 * kernel has; and which native core does all that.
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
			details.put("descriptorClosing", platform.kernel().closeRange() ? "close_range" : "one by one");
			details.put("landlock", platform.sandbox().landlock());
			details.put("systemCallFilters", platform.sandbox().filters());
			details.put("kernel", kernel(platform));
			details.put("core", core(platform));
		}
		catch (NativeCoreUnavailableException ex) {
			details.put("unavailable", String.valueOf(ex.getMessage()));
		}
		builder.withDetail("subprocess", details);
	}

	private static Map<String, Object> kernel(LaunchPlatform platform) {
		Map<String, Object> kernel = new LinkedHashMap<>();
		kernel.put("pidfd", platform.pidfds());
		kernel.put("clone3", platform.kernel().clone3());
		kernel.put("closeRange", platform.kernel().closeRange());
		kernel.put("cgroup2", platform.kernel().cgroup2());
		return kernel;
	}

	private static Map<String, Object> core(LaunchPlatform platform) {
		Map<String, Object> core = new LinkedHashMap<>();
		core.put("abi", (platform.coreAbi() > 0) ? platform.coreAbi() : "none");
		core.put("version", platform.version());
		core.put("architecture", System.getProperty("os.arch", "unknown"));
		return core;
	}

}
