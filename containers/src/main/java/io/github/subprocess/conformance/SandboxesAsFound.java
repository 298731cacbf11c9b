// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SandboxPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A sandbox that a policy requires is made, or the start is refused: whatever is found,
 * the child is not left without it.
 */
class SandboxesAsFound {

	@Test
	void sandboxIsMadeOrRefused() {
		SandboxPolicy sandbox = SandboxPolicy.undecided()
			.withReadPaths(List.of(Path.of("/usr"), Path.of("/lib"), Path.of("/bin")));
		try (ProcessLauncher launcher = ProcessLauncher.builder().build()) {
			ProcessLauncher.CommandSpec command = launcher.command("cat", "/etc/passwd")
				.overrides(ProcessPolicy.undecided().withSandbox(sandbox))
				.successExitCodes(Set.of());
			assertThat(launcher.command("cat", "/etc/passwd").run().outputText()).contains("root:");
			if (launcher.platform().sandbox().obstacles(sandbox).isEmpty()) {
				ProcessResult result = command.run();
				assertThat(result.outputText()).isEmpty();
				assertThat(result.errorText()).contains("/etc/passwd");
				assertThat(result.status()).isNotEqualTo(new ExitStatus.Exited(0));
			}
			else {
				ProcessStartException refusal = catchThrowableOfType(ProcessStartException.class, command::run);
				assertThat(refusal.step()).isEqualTo("landlock-rules");
				assertThat(refusal.errnoName()).isEqualTo("ENOTSUP");
				assertThat(refusal.subject()).contains("sandbox files need Landlock 3");
			}
		}
	}

}
