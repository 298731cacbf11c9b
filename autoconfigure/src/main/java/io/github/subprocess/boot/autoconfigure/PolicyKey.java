// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The keys under which policies are configured.
 */
final class PolicyKey {

	static final String DEFAULTS = SubprocessProperties.PREFIX + ".defaults";

	private static final String POLICY = SubprocessProperties.PREFIX + ".policy";

	private PolicyKey() {
	}

	/**
	 * Return the key of a named policy, with brackets around a name that would be changed
	 * without them.
	 * @param name the name of the policy
	 * @return the key
	 */
	static String of(String name) {
		String plain = POLICY + "." + name;
		boolean keepsName = ConfigurationPropertyName.isValid(plain) && name.indexOf('.') < 0;
		return keepsName ? plain : POLICY + "[" + name + "]";
	}

}
