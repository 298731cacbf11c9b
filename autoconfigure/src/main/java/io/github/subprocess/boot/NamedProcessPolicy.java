// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot;

import io.github.subprocess.policy.ProcessPolicy;

import org.springframework.util.Assert;

/**
 * A named policy that is defined as a bean. Properties below
 * {@code subprocess.policy.<name>} win over it field by field, and can name it as their
 * {@code base}; what it leaves undecided is taken from {@code subprocess.defaults}. The
 * name of the bean does not matter.
 *
 * @param name the name of the policy
 * @param policy what it decides
 * @since 0.1.0
 */
public record NamedProcessPolicy(String name, ProcessPolicy policy) {

	public NamedProcessPolicy {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(policy, "'policy' must not be null");
	}

}
