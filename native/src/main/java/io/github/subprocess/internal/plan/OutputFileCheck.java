// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.subprocess.policy.OutputPolicy;
import io.github.subprocess.policy.StreamPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Finds what stands against the files that output goes to. They are opened by the JVM.
 */
final class OutputFileCheck {

	private final PolicyProblems problems;

	OutputFileCheck(PolicyProblems problems) {
		this.problems = problems;
	}

	void check(OutputPolicy output) {
		check(StreamCompiler.STDOUT + ".file", output.stdout());
		check(StreamCompiler.STDERR + ".file", output.stderr());
	}

	private void check(String part, @Nullable StreamPolicy stream) {
		Path file = (stream != null) ? stream.file() : null;
		Path directory = (file != null) ? file.getParent() : null;
		if (file == null) {
			return;
		}
		if (directory == null || Files.isDirectory(file)) {
			this.problems.add(part, "is a directory: " + file);
		}
		else if (!Files.isDirectory(directory)) {
			this.problems.add(part, "is in a directory that does not exist: " + file);
		}
		else if (!Files.isWritable(Files.exists(file) ? file : directory)) {
			this.problems.add(part, "cannot be written: " + file);
		}
	}

}
