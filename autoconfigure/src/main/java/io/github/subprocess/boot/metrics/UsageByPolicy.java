// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.github.subprocess.LiveProcessUsage;
import io.github.subprocess.ProcessRegistry;

/**
 * What live processes take, by policy. All gauges of one reading of the meters are told
 * from one look.
 */
final class UsageByPolicy {

	private static final Duration FRESH = Duration.ofSeconds(1);

	private final ProcessRegistry processes;

	private Map<String, PolicyUsage> usage = Map.of();

	private long lookedNanos = System.nanoTime() - FRESH.toNanos();

	UsageByPolicy(ProcessRegistry processes) {
		this.processes = processes;
	}

	synchronized PolicyUsage of(String policy) {
		if (System.nanoTime() - this.lookedNanos >= FRESH.toNanos()) {
			this.usage = look();
			this.lookedNanos = System.nanoTime();
		}
		return this.usage.getOrDefault(policy, PolicyUsage.NOTHING);
	}

	private Map<String, PolicyUsage> look() {
		Map<String, PolicyUsage> usage = new HashMap<>();
		Instant now = Instant.now();
		for (LiveProcessUsage process : this.processes.usage()) {
			String policy = process.snapshot().policy();
			usage.put(policy, usage.getOrDefault(policy, PolicyUsage.NOTHING).with(process, now));
		}
		return usage;
	}

}
