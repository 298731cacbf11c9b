// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot;

import io.github.subprocess.policy.ProcessPolicy;

/**
 * Changes policies before the auto-configured launcher is made. Customizers are called in
 * their order, once for each policy that is named by properties or by a
 * {@link NamedProcessPolicy} bean, and once for the defaults, under the name
 * {@value io.github.subprocess.ProcessLauncher#NO_POLICY}. They have the last word over
 * properties; a {@link ProcessLauncherCustomizer} comes after them.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProcessPolicyCustomizer {

	/**
	 * Customize a policy.
	 * @param name its name; {@value io.github.subprocess.ProcessLauncher#NO_POLICY} for
	 * the defaults, which must not be given a command
	 * @param policy what it decides, together with those that it is based on, which have
	 * not been customized; what is undecided is taken from the defaults later
	 * @return the same or another policy
	 */
	ProcessPolicy customize(String name, ProcessPolicy policy);

}
