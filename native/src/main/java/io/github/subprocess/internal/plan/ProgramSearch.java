// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Lists the files that a program's name may stand for, in the order in which they are to
 * be tried. Looks at no file: whether one can be executed is known only by executing it.
 */
final class ProgramSearch {

	/**
	 * Where programs are looked for when the child's environment has no PATH.
	 */
	static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

	private ProgramSearch() {
	}

	static List<String> candidates(String program, @Nullable String path) {
		if (program.indexOf('/') >= 0) {
			return List.of(program);
		}
		List<String> candidates = new ArrayList<>();
		for (String directory : ((path != null) ? path : DEFAULT_PATH).split(":", -1)) {
			// an empty or relative directory would make the working directory part of
			// PATH
			if (directory.startsWith("/")) {
				String candidate = directory.endsWith("/") ? directory + program : directory + "/" + program;
				if (!candidates.contains(candidate)) {
					candidates.add(candidate);
				}
			}
		}
		if (candidates.isEmpty()) {
			throw new IllegalArgumentException(
					"program '" + program + "' cannot be looked for: PATH of the child names no absolute directory");
		}
		return candidates;
	}

}
