// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Knows where the values of policies come from.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PolicyValueOrigins {

	/**
	 * Return where a value comes from.
	 * @param policy the name of a policy, {@code none} for what holds for ad-hoc commands
	 * @param key the key of the value below the policy
	 * @return a file with line and column, a bean, or the like; {@code null}: it is
	 * written nowhere
	 */
	@Nullable String originOf(String policy, String key);

}
