// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

import io.github.subprocess.policy.OutputPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.StreamDestination;
import io.github.subprocess.policy.StreamPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Streams go where the policy says, unless the launch says so itself.
 */
@Timeout(60)
class PolicyStreamTests {

	private static final String BOTH = "echo out; echo err >&2";

	@TempDir
	Path directory;

	private ProcessLauncher launcher = Fixture.launcher().build();

	@AfterEach
	void close() {
		this.launcher.close();
	}

	@Test
	void errorIsMergedByThePolicy() {
		decide((output) -> output.withStderr(to(StreamDestination.MERGE)));
		assertThat(shell(BOTH).run().outputText()).isEqualTo("out\nerr\n");
	}

	@Test
	void outputGoesIntoTheFileOfThePolicyForBothWaysOfLaunching() throws Exception {
		Path file = this.directory.resolve("log");
		decide((output) -> output.withStdout(StreamPolicy.undecided().withFile(file).withAppend(true)));
		assertThat(shell(BOTH).run().outputText()).isEmpty();
		shell("echo again").start().awaitSuccess();
		assertThat(file).hasContent("out\nagain\n");
	}

	@Test
	void fileIsEmptiedUnlessThePolicyAppends() throws Exception {
		Path file = Files.writeString(this.directory.resolve("log"), "old");
		decide((output) -> output.withStderr(StreamPolicy.undecided().withFile(file)));
		shell(BOTH).run();
		assertThat(file).hasContent("err\n");
	}

	@Test
	void launchWinsOverThePolicy() {
		decide((output) -> output.withStdout(to(StreamDestination.DISCARD)).withStderr(to(StreamDestination.DISCARD)));
		assertThat(shell(BOTH).run().outputText()).isEmpty();
		ProcessResult result = shell(BOTH).output(OutputTarget.capture()).error(OutputTarget.capture()).run();
		assertThat(result.outputText()).isEqualTo("out\n");
		assertThat(result.errorText()).isEqualTo("err\n");
	}

	@Test
	void outputBetweenTheStagesOfAPipelineIsNotThePolicys() {
		Path file = this.directory.resolve("log");
		decide((output) -> output.withStdout(StreamPolicy.undecided().withFile(file)));
		this.launcher.pipeline(shell("echo passed"), shell("tr a-z A-Z")).run();
		assertThat(file).hasContent("PASSED\n");
	}

	@Test
	void fileThatIsNotNamedIsRefused() {
		decide((output) -> output.withStdout(to(StreamDestination.FILE)));
		assertThatIllegalArgumentException().isThrownBy(() -> shell(BOTH).run())
			.withMessage("output.stdout goes to a file that is not named: set 'output.stdout.file' too");
	}

	private static StreamPolicy to(StreamDestination destination) {
		return StreamPolicy.undecided().withTo(destination);
	}

	private void decide(UnaryOperator<OutputPolicy> output) {
		this.launcher.close();
		this.launcher = Fixture.launcher()
			.policy("p", ProcessPolicy.undecided().withOutput(output.apply(OutputPolicy.undecided())))
			.build();
	}

	private ProcessLauncher.CommandSpec shell(String script) {
		return this.launcher.command("sh", "-c", script).policy("p");
	}

}
