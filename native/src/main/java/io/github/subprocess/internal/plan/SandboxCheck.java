// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.subprocess.SandboxSupport;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.SandboxPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a sandbox wants and the kernel has not, and paths that are not there.
 */
final class SandboxCheck {

	private final SandboxPolicy policy;

	private final PolicyProblems problems;

	SandboxCheck(SandboxPolicy policy, PolicyProblems problems) {
		this.policy = policy;
		this.problems = problems;
	}

	void check(SandboxSupport support) {
		support.obstacles(this.policy)
			.forEach((attribute, obstacle) -> this.problems.add(attribute, part(attribute),
					"cannot be had here: " + obstacle));
		if (this.problems.isRequired(Attribute.SANDBOX_FILES)) {
			checkPaths("sandbox.read-paths", this.policy.readPaths());
			checkPaths("sandbox.write-paths", this.policy.writePaths());
			checkPaths("sandbox.execute-paths", this.policy.executePaths());
		}
	}

	private void checkPaths(String part, @Nullable List<Path> paths) {
		if (paths == null) {
			return;
		}
		List<Path> missing = paths.stream().filter((path) -> !Files.exists(path)).toList();
		if (!missing.isEmpty()) {
			this.problems.add(part,
					"names what does not exist: " + String.join(", ", missing.stream().map(Path::toString).toList()));
		}
	}

	private String part(Attribute attribute) {
		return switch (attribute) {
			case SANDBOX_FILES -> partOfFiles();
			case SANDBOX_PORTS -> (this.policy.bindPorts() != null) ? "sandbox.bind-ports" : "sandbox.connect-ports";
			case SANDBOX_NETWORK -> "sandbox.network";
			case SANDBOX_SIGNALS -> "sandbox.isolate-signals";
			case SANDBOX_ABSTRACT_SOCKETS -> "sandbox.isolate-abstract-sockets";
			case SANDBOX_SYSTEM_CALLS -> "sandbox.denied-system-calls";
			default -> "sandbox";
		};
	}

	private String partOfFiles() {
		if (this.policy.readPaths() != null) {
			return "sandbox.read-paths";
		}
		return (this.policy.writePaths() != null) ? "sandbox.write-paths" : "sandbox.execute-paths";
	}

}
