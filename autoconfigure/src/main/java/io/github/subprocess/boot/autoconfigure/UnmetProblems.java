// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.ProcessLauncher;

import org.springframework.core.env.Environment;

/**
 * Looks for what cannot be met on this machine where a start fails anyway, so that one
 * report tells all.
 */
final class UnmetProblems {

	private final SubprocessProperties properties;

	private final PolicyProblemKey keys;

	UnmetProblems(SubprocessProperties properties, BeanPolicies beans, Environment environment) {
		this.properties = properties;
		this.keys = new PolicyProblemKey(properties, beans, environment);
	}

	/**
	 * Add what is found with a launcher that launches nothing, unless it would be warned
	 * of only.
	 * @param problems the problems that are known
	 * @param builder what makes a launcher with all values that are not refused
	 */
	void addTo(PropertyProblems problems, ProcessLauncher.Builder builder) {
		if (this.properties.getValidate() == SubprocessProperties.Validate.WARN) {
			return;
		}
		try (ProcessLauncher launcher = builder.guardian(false).adoptOrphans(false).build()) {
			problems.addUnmet(this.keys.blame(launcher.validate()));
		}
		catch (NativeCoreUnavailableException ex) {
			// told when the other problems are gone
		}
	}

}
