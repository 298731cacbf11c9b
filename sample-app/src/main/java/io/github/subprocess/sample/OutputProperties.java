// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may be seen of what programs write.
 *
 * @param policies whose output is shown; that of all others stays hidden
 * @param viewers how many may look on at once
 */
@ConfigurationProperties("sample.output")
record OutputProperties(@DefaultValue Set<String> policies, @DefaultValue("8") int viewers) {

	boolean isShown(String policy) {
		return this.policies.contains(policy);
	}

}
