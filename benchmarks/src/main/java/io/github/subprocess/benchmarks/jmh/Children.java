// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.jmh;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The programs that are launched: static, without a libc, so that what they cost
 * themselves is small.
 */
final class Children {

	private Children() {
	}

	static String endAtOnce() {
		Path program = Path.of(System.getProperty("children", "benchmarks/target/c"), "end_at_once").toAbsolutePath();
		if (!Files.isExecutable(program)) {
			throw new IllegalStateException(program + " is missing: benchmarks/run-jmh compiles it");
		}
		return program.toString();
	}

}
