// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.util.Map;

/**
 * What may go wrong at three in the morning, where it is seen, and what ends it.
 */
enum Incident {

	STUCK("silent", "SubprocessSilent", "no output", "SIGTERM"),

	FORK_BOMB("swarm", "SubprocessMultiplies", "61 processes", "SIGKILL"),

	MEMORY_HOG("hog", "SubprocessMemory", "memory", "SIGTERM"),

	/**
	 * There is nothing to end: put there what is missing.
	 */
	MISSING_BINARY("missing-binary", "SubprocessSpawnFailing", "exec failed with ENOENT", "none"),

	EXHAUSTED("one-at-a-time", "SubprocessNoPlace", "1 of 1 running", "SIGTERM");

	private final String policy;

	private final String alert;

	private final String sign;

	private final String signal;

	Incident(String policy, String alert, String sign, String signal) {
		this.policy = policy;
		this.alert = alert;
		this.sign = sign;
		this.signal = signal;
	}

	String policy() {
		return this.policy;
	}

	String alert() {
		return this.alert;
	}

	/**
	 * Return what the page says of it.
	 */
	String sign() {
		return this.sign;
	}

	/**
	 * Return the signal that the page offers to end it with.
	 */
	String signal() {
		return this.signal;
	}

	/**
	 * Return whether an alert is about it.
	 */
	boolean isMeantBy(Map<String, String> labels) {
		return this.policy.equals(labels.get("policy")) && "file-service".equals(labels.get("application"));
	}

}
