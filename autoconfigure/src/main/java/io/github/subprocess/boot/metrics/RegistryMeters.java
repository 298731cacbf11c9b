// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * The meters of launches in one registry, by policy.
 */
final class RegistryMeters {

	private final MeterRegistry registry;

	private final Map<String, PolicyMeters> policies = new ConcurrentHashMap<>();

	RegistryMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	boolean isIn(MeterRegistry registry) {
		return this.registry.equals(registry);
	}

	PolicyMeters of(String policy) {
		PolicyMeters meters = this.policies.get(policy);
		return (meters != null) ? meters
				: this.policies.computeIfAbsent(policy, (name) -> new PolicyMeters(this.registry, name));
	}

}
