// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.util.Map;

/**
 * The alerts as they are, but impatient: an incident of a drill is as small and as short
 * as can be told from everyday life.
 */
final class DrillRules {

	private static final Map<String, String> SMALLER = Map.of("subprocess_silence_max_seconds > 300",
			"subprocess_silence_max_seconds > 5", "subprocess_resident_bytes > 1073741824",
			"subprocess_resident_bytes > 134217728", "subprocess_blocked_seconds > 30",
			"subprocess_blocked_seconds > 2");

	private DrillRules() {
	}

	static String text() throws IOException {
		String rules = Dashboards.rules().replaceAll("(?m)^( +for: ).*$", "$10s");
		for (Map.Entry<String, String> change : SMALLER.entrySet()) {
			if (!rules.contains(change.getKey())) {
				throw new IllegalStateException("No alert says " + change.getKey());
			}
			rules = rules.replace(change.getKey(), change.getValue());
		}
		return rules;
	}

}
