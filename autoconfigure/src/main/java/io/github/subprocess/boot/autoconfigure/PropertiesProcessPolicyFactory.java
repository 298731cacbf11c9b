// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.subprocess.policy.ConcurrencyPolicy;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.DescriptorPolicy;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.OutputPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.TerminationPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Makes a {@link ProcessPolicy} of properties, one by one, so that a value that is
 * refused is blamed on its own key.
 */
final class PropertiesProcessPolicyFactory {

	private final EnvironmentVariableNames variableNames;

	private final Duration shutdownPhase;

	PropertiesProcessPolicyFactory(EnvironmentVariableNames variableNames, Duration shutdownPhase) {
		this.variableNames = variableNames;
		this.shutdownPhase = shutdownPhase;
	}

	ProcessPolicy defaults(SubprocessProperties.Policy properties) {
		if (properties.getCommand() != null) {
			throw new InvalidConfigurationPropertyValueException(PolicyKey.DEFAULTS + ".command", null,
					"Defaults hold for every process and must not name a command; a policy may.");
		}
		return create(PolicyKey.DEFAULTS, properties);
	}

	ProcessPolicy policy(String name, SubprocessProperties.Policy properties) {
		return create(PolicyKey.of(name), properties);
	}

	private ProcessPolicy create(String key, SubprocessProperties.Policy properties) {
		ProcessPolicy policy = ProcessPolicy.undecided()
			.withDescriptors(descriptors(key, properties.getDescriptors()))
			.withSession(properties.getSession())
			.withWorkingDirectory(properties.getWorkingDirectory())
			.withEnvironment(environment(key, properties.getEnvironment()))
			.withDeadlines(deadlines(key, properties.getDeadlines()))
			.withConcurrency(concurrency(key, properties.getConcurrency()))
			.withTermination(termination(key, properties.getTermination()))
			.withOutput(output(key, properties.getOutput()));
		policy = accept(key, "command", properties.getCommand(), null, policy::withCommand);
		return accept(key, "success-exit-codes", properties.getSuccessExitCodes(), properties.getSuccessExitCodes(),
				policy::withSuccessExitCodes);
	}

	private DescriptorPolicy descriptors(String key, SubprocessProperties.Descriptors properties) {
		List<Integer> keep = properties.getKeep();
		return accept(key, "descriptors.keep", keep, keep,
				(value) -> new DescriptorPolicy(properties.getMode(), value));
	}

	private EnvironmentPolicy environment(String key, SubprocessProperties.Environment properties) {
		List<String> inherit = properties.getInherit();
		Map<String, String> set = properties.getSet();
		if (set != null) {
			set = this.variableNames.asWritten(key + ".environment.set", set);
		}
		EnvironmentPolicy inherited = accept(key, "environment.inherit", inherit, inherit,
				(value) -> new EnvironmentPolicy(value, null));
		return accept(key, "environment.set", set, null, (value) -> new EnvironmentPolicy(null, value))
			.orElse(inherited);
	}

	private TerminationPolicy termination(String key, SubprocessProperties.Termination properties) {
		Duration gracePeriod = properties.getGracePeriod();
		return accept(key, "termination.grace-period", gracePeriod, gracePeriod, (value) -> {
			if (value != null && value.compareTo(this.shutdownPhase) >= 0) {
				throw new IllegalArgumentException(
						"must be shorter than 'spring.lifecycle.timeout-per-shutdown-phase', which is "
								+ this.shutdownPhase.toMillis() + "ms");
			}
			return new TerminationPolicy(properties.getSignal(), value, properties.getScope(),
					properties.getOnInterrupt());
		});
	}

	private OutputPolicy output(String key, SubprocessProperties.Output properties) {
		Long maxBytes = (properties.getMaxSize() != null) ? properties.getMaxSize().toBytes() : null;
		OutputPolicy size = accept(key, "output.max-size", maxBytes, properties.getMaxSize(),
				(value) -> new OutputPolicy(value, null));
		Integer pipeBytes = (properties.getPipeSize() != null) ? bytes(properties.getPipeSize()) : null;
		return accept(key, "output.pipe-size", pipeBytes, properties.getPipeSize(),
				(value) -> new OutputPolicy(null, value))
			.orElse(size);
	}

	private static int bytes(DataSize size) {
		return (int) Math.max(Integer.MIN_VALUE, Math.min(size.toBytes(), Integer.MAX_VALUE));
	}

	private static DeadlinesPolicy deadlines(String key, SubprocessProperties.Deadlines properties) {
		DeadlinesPolicy policy = DeadlinesPolicy.undecided();
		policy = accept(key, "deadlines.start", properties.getStart(), policy::withStart);
		policy = accept(key, "deadlines.wall", properties.getWall(), policy::withWall);
		policy = accept(key, "deadlines.idle", properties.getIdle(), policy::withIdle);
		policy = accept(key, "deadlines.cpu", properties.getCpu(), policy::withCpu);
		return accept(key, "deadlines.drain", properties.getDrain(), policy::withDrain);
	}

	static ConcurrencyPolicy concurrency(String key, SubprocessProperties.Concurrency properties) {
		ConcurrencyPolicy policy = ConcurrencyPolicy.undecided();
		policy = accept(key, "concurrency.limit", properties.getLimit(), policy::withLimit);
		policy = accept(key, "concurrency.queue", properties.getQueue(), policy::withQueue);
		return accept(key, "concurrency.max-wait", properties.getMaxWait(), policy::withMaxWait);
	}

	private static <V, R> R accept(String key, String property, @Nullable V value, Function<@Nullable V, R> function) {
		return accept(key, property, value, value, function);
	}

	private static <V, R> R accept(String key, String property, @Nullable V value, @Nullable Object shown,
			Function<@Nullable V, R> function) {
		try {
			return function.apply(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(key + "." + property, shown,
					reason(property, String.valueOf(ex.getMessage())));
		}
	}

	/**
	 * Make a sentence of a message that begins with the name of its property.
	 */
	private static String reason(String property, String message) {
		String reason = message.startsWith(property + " ") ? message.substring(property.length() + 1) : message;
		return StringUtils.capitalize(reason) + (reason.endsWith(".") ? "" : ".");
	}

}
