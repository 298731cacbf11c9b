// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.containers;

import java.util.ArrayList;
import java.util.List;

/**
 * What has to come of a case.
 *
 * @param outcome what the table says
 * @param exitCode of the JVM
 * @param texts what it must have said
 */
record Expected(String outcome, int exitCode, List<String> texts) {

	private static final String NO_JVM = "Error occurred during initialization of VM";

	static Expected good() {
		return new Expected("as anywhere", 0, List.of(" failed=0"));
	}

	static Expected good(String outcome, String... texts) {
		List<String> all = new ArrayList<>(List.of(texts));
		all.add(" failed=0");
		return new Expected(outcome, 0, all);
	}

	/**
	 * Processes cannot be started there, and the text says what to do.
	 */
	static Expected unavailable(String outcome, String... texts) {
		return new Expected(outcome, 3, List.of(texts));
	}

	boolean isJvmUp() {
		return !this.texts.contains(NO_JVM);
	}

	/**
	 * Not even the JVM comes up.
	 */
	static Expected noJvm(String outcome) {
		return new Expected(outcome, 1, List.of(NO_JVM));
	}

}
