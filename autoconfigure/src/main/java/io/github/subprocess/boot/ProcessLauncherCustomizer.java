// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot;

import io.github.subprocess.ProcessLauncher;

/**
 * Changes the auto-configured {@link ProcessLauncher} before it is made. Customizers are
 * called in their order, after everything from the {@code subprocess} properties has been
 * set.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProcessLauncherCustomizer {

	/**
	 * Customize the launcher.
	 * @param builder what makes it
	 */
	void customize(ProcessLauncher.Builder builder);

}
