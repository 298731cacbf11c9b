// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.regex.Pattern;

import io.github.subprocess.ProcessLauncher;

/**
 * The keys under which policies are configured.
 */
final class PolicyKey {

	static final String DEFAULTS = SubprocessProperties.PREFIX + ".defaults";

	private static final String POLICY = SubprocessProperties.PREFIX + ".policy";

	private static final Pattern KEPT_WITHOUT_BRACKETS = Pattern.compile("[A-Za-z0-9_-]+");

	private PolicyKey() {
	}

	/**
	 * Return the key of a named policy or of the defaults.
	 * @param name the name of the policy, or what stands for none
	 * @return the key
	 */
	static String ofLevel(String name) {
		return name.equals(ProcessLauncher.NO_POLICY) ? DEFAULTS : of(name);
	}

	/**
	 * Return the key of a named policy, with brackets around a name that would be changed
	 * without them.
	 * @param name the name of the policy
	 * @return the key
	 */
	static String of(String name) {
		return KEPT_WITHOUT_BRACKETS.matcher(name).matches() ? POLICY + "." + name : POLICY + "[" + name + "]";
	}

}
