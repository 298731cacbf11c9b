// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.List;

import io.github.subprocess.ProcessLauncher;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;

/**
 * Looks at startup for what keeps processes from being started under their policies, as
 * soon as all singletons are there: the native core had time to be loaded, and nothing
 * has been opened to the outside.
 */
final class PolicyValidation implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(PolicyValidation.class);

	private final SubprocessProperties properties;

	private final BindingProblems binding;

	private final ObjectProvider<ProcessLauncher> launcher;

	private final ListableBeanFactory beans;

	private final Environment environment;

	PolicyValidation(SubprocessProperties properties, BindingProblems binding, ObjectProvider<ProcessLauncher> launcher,
			ListableBeanFactory beans, Environment environment) {
		this.properties = properties;
		this.binding = binding;
		this.launcher = launcher;
		this.beans = beans;
		this.environment = environment;
	}

	@Override
	public void afterSingletonsInstantiated() {
		// left over where the application brings a launcher of its own
		this.binding.take().throwIfAny();
		this.launcher.ifUnique(this::validate);
	}

	private void validate(ProcessLauncher launcher) {
		List<PropertyProblem> unmet = new PolicyProblemKey(this.properties, BeanPolicies.in(this.beans),
				this.environment)
			.blame(launcher.validate());
		if (unmet.isEmpty()) {
			return;
		}
		if (this.properties.getValidate() == SubprocessProperties.Validate.WARN) {
			logger.warn(new ProblemReport(this.environment).describe(unmet));
			return;
		}
		throw new InvalidPropertiesException(unmet);
	}

}
