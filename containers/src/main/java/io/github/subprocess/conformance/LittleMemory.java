// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.ProcessExitException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.policy.LimitsPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A container that may have so much memory, and a child that wants more. It offers itself
 * to the kernel before the JVM ({@code limits.oom-score}).
 */
class LittleMemory {

	/**
	 * What the kernel counts for the container, with version 1 and 2 of cgroups.
	 */
	private static final List<Path> COUNTERS = List.of(Path.of("/sys/fs/cgroup/memory.events"),
			Path.of("/sys/fs/cgroup/memory/memory.oom_control"));

	@Test
	void greedyChildIsKilledAndTheJvmGoesOn() throws Exception {
		long before = killed();
		try (ProcessLauncher launcher = ProcessLauncher.builder().build()) {
			// dd fills a buffer as large as its block
			ProcessLauncher.CommandSpec greedy = launcher
				.command("dd", "if=/dev/zero", "of=/dev/null", "bs=1000M", "count=1")
				.overrides(ProcessPolicy.undecided().withLimits(LimitsPolicy.undecided().withOomScore(1000)));
			ProcessExitException failure = catchThrowableOfType(ProcessExitException.class, greedy::run);
			ProcessResult result = failure.result();
			assertThat(killed() - before).as("killed by the kernel for their memory").isEqualTo(1);
			assertThat(result.status()).isEqualTo(new ExitStatus.Signalled(ProcessSignal.KILL.number(), false));
			// nobody here has sent that signal
			assertThat(result.outcome()).isEqualTo(ProcessOutcome.SIGNALLED);
			assertThat(result.usage().maxResidentBytes()).isPositive();
			assertThat(launcher.command("echo", "text").run().outputText()).isEqualTo("text\n");
		}
	}

	private static long killed() throws IOException {
		for (Path counter : COUNTERS) {
			if (Files.isReadable(counter)) {
				return Files.readAllLines(counter)
					.stream()
					.filter((line) -> line.startsWith("oom_kill "))
					.mapToLong((line) -> Long.parseLong(line.substring("oom_kill ".length())))
					.sum();
			}
		}
		throw new AssertionError("None of " + COUNTERS + " can be read");
	}

}
