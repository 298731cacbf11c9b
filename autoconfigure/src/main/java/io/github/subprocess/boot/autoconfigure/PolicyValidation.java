// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.policy.ProcessPolicy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

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

	private static final String GRACE_PERIOD = "termination.grace-period";

	private static final Duration BUILT_IN_GRACE = Objects
		.requireNonNull(Objects.requireNonNull(ProcessPolicy.defaults().termination()).gracePeriod());

	private final SubprocessProperties properties;

	private final BindingProblems binding;

	private final ObjectProvider<ProcessLauncher> launcher;

	private final ListableBeanFactory beans;

	private final Environment environment;

	private final Duration shutdownPhase;

	PolicyValidation(SubprocessProperties properties, BindingProblems binding, ObjectProvider<ProcessLauncher> launcher,
			ListableBeanFactory beans, Environment environment, Duration shutdownPhase) {
		this.properties = properties;
		this.binding = binding;
		this.launcher = launcher;
		this.beans = beans;
		this.environment = environment;
		this.shutdownPhase = shutdownPhase;
	}

	@Override
	public void afterSingletonsInstantiated() {
		// left over where the application brings a launcher of its own
		this.binding.take().throwIfAny();
		this.launcher.ifUnique(this::validate);
	}

	private void validate(ProcessLauncher launcher) {
		List<PropertyProblem> unmet = new ArrayList<>(
				new PolicyProblemKey(this.properties, BeanPolicies.in(this.beans), this.environment)
					.blame(launcher.validate()));
		if (isBuiltInGraceTooLong(launcher)) {
			unmet.add(PropertyProblem.unmet(PolicyKey.DEFAULTS + "." + GRACE_PERIOD,
					"Is " + BUILT_IN_GRACE.toMillis() + "ms unless set, and must be shorter than "
							+ "'spring.lifecycle.timeout-per-shutdown-phase', which is " + this.shutdownPhase.toMillis()
							+ "ms."));
		}
		if (unmet.isEmpty()) {
			warnOfWhatIsLeftOut(launcher);
			return;
		}
		NativeCoreUnavailableException unavailable = findUnavailable(launcher);
		if (unavailable != null) {
			// a warning would not do: the launcher refuses all launches
			throw new InvalidPropertiesException(unmet, unavailable);
		}
		if (this.properties.getValidate() == SubprocessProperties.Validate.WARN) {
			logger.warn(new ProblemReport(this.environment).describe(unmet));
			warnOfWhatIsLeftOut(launcher);
			return;
		}
		throw new InvalidPropertiesException(unmet);
	}

	private static @Nullable NativeCoreUnavailableException findUnavailable(ProcessLauncher launcher) {
		try {
			launcher.awaitReady();
			return null;
		}
		catch (NativeCoreUnavailableException ex) {
			return ex;
		}
	}

	private void warnOfWhatIsLeftOut(ProcessLauncher launcher) {
		List<String> leftOut = new BestEffortSandboxes(this.properties, BeanPolicies.in(this.beans), this.environment)
			.leftOut(launcher);
		if (!leftOut.isEmpty()) {
			logger.warn("Programs run with less of a sandbox than their policies name:" + System.lineSeparator()
					+ String.join(System.lineSeparator(), leftOut));
		}
	}

	/**
	 * Those that are configured are checked where they are.
	 */
	private boolean isBuiltInGraceTooLong(ProcessLauncher launcher) {
		return BUILT_IN_GRACE.compareTo(this.shutdownPhase) >= 0
				&& Stream.concat(launcher.policies().values().stream(), Stream.of(launcher.defaultPolicy()))
					.map(ProcessPolicy::termination)
					.anyMatch((termination) -> termination != null && BUILT_IN_GRACE.equals(termination.gracePeriod()));
	}

}
