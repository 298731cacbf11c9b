// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

import io.github.subprocess.policy.CgroupPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Makes a {@link CgroupPolicy} of properties, one by one, so that a value that is refused
 * is blamed on its own key. It is as if it were not there then.
 */
final class CgroupPolicyFactory {

	private final String key;

	private final PropertyProblems problems;

	private CgroupPolicy policy = CgroupPolicy.undecided();

	CgroupPolicyFactory(String key, PropertyProblems problems) {
		this.key = key;
		this.problems = problems;
	}

	CgroupPolicy create(CgroupProperties properties) {
		accept("join", properties.getJoin(), (join) -> this.policy.withJoin(join));
		accept("parent", properties.getParent(), (parent) -> this.policy.withParent(path(parent)));
		accept("memory-max", properties.getMemoryMax(), (size) -> this.policy.withMemoryMaxBytes(size.toBytes()));
		accept("memory-high", properties.getMemoryHigh(), (size) -> this.policy.withMemoryHighBytes(size.toBytes()));
		accept("swap-max", properties.getSwapMax(), (size) -> this.policy.withSwapMaxBytes(size.toBytes()));
		accept("cpu-max", properties.getCpuMax(), (processors) -> this.policy.withCpuMax(processors));
		accept("cpu-weight", properties.getCpuWeight(), (weight) -> this.policy.withCpuWeight(weight));
		accept("io-weight", properties.getIoWeight(), (weight) -> this.policy.withIoWeight(weight));
		accept("pids-max", properties.getPidsMax(), (most) -> this.policy.withPidsMax(most));
		accept("files", properties.getFiles(), (files) -> this.policy.withFiles(files));
		return this.policy;
	}

	private static Path path(String text) {
		if (text.isBlank()) {
			throw new IllegalArgumentException("cgroup.parent must not be empty");
		}
		return Path.of(text);
	}

	private <V> void accept(String property, @Nullable V value, Function<V, CgroupPolicy> function) {
		if (value == null) {
			return;
		}
		try {
			this.policy = function.apply(value);
		}
		catch (IllegalArgumentException ex) {
			String message = String.valueOf(ex.getMessage());
			String name = "cgroup." + property;
			String reason = message.startsWith(name + " ") ? message.substring(name.length() + 1) : message;
			this.problems.addInvalid(this.key + "." + name, value, StringUtils.capitalize(reason) + ".");
		}
	}

}
