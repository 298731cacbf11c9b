// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.policy.ConcurrencyPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.TerminationPolicy;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.stereotype.Component;

/**
 * Tells {@code /actuator/info}, and so the page, what can be started.
 */
@Component
class PoliciesInfo implements InfoContributor {

	private final ProcessLauncher launcher;

	private final OutputProperties output;

	PoliciesInfo(ProcessLauncher launcher, OutputProperties output) {
		this.launcher = launcher;
		this.output = output;
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, Object> policies = new TreeMap<>();
		this.launcher.policies().forEach((name, policy) -> policies.put(name, describe(name, policy)));
		builder.withDetail("policies", policies);
	}

	private Map<String, Object> describe(String name, ProcessPolicy policy) {
		Map<String, Object> description = new LinkedHashMap<>();
		List<String> command = policy.command();
		if (command != null) {
			description.put("program", command.get(0));
		}
		Duration wall = (policy.deadlines() != null) ? policy.deadlines().wall() : null;
		if (wall != null && !wall.isZero()) {
			description.put("timeout", wall.toString());
		}
		if (policy.termination() != null) {
			describe(policy.termination(), description);
		}
		if (policy.concurrency() != null) {
			describe(policy.concurrency(), description);
		}
		description.put("output", this.output.isShown(name) ? "shown" : "hidden");
		return description;
	}

	private void describe(TerminationPolicy termination, Map<String, Object> description) {
		if (termination.signal() != null) {
			description.put("signal", "SIG" + termination.signal());
		}
		if (termination.gracePeriod() != null) {
			description.put("gracePeriod", termination.gracePeriod().toString());
		}
	}

	private void describe(ConcurrencyPolicy concurrency, Map<String, Object> description) {
		if (concurrency.queue() != null) {
			description.put("queue", concurrency.queue());
		}
		if (concurrency.maxWait() != null && !concurrency.maxWait().isZero()) {
			description.put("maxWait", concurrency.maxWait().toString());
		}
	}

}
