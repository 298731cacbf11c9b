// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.policy.ConcurrencyPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Processes that read what others write, without a shell and without the JVM between.
 */
@Timeout(60)
@Tag(Fixture.EVERY_MECHANISM)
class PipelineTests {

	private final ProcessLauncher launcher = Fixture.launcher().build();

	private Set<String> descriptorsBefore;

	@BeforeEach
	void look() throws Exception {
		this.launcher.awaitReady();
		this.descriptorsBefore = Fixture.openDescriptors();
	}

	@AfterEach
	void nothingIsLeft() {
		await().untilAsserted(() -> assertThat(Fixture.openDescriptors()).isSubsetOf(this.descriptorsBefore));
		assertThat(this.launcher.processes().live()).isEmpty();
		this.launcher.close();
		assertThat(Fixture.zombies()).isEmpty();
	}

	@Test
	void eachStageReadsWhatTheOneBeforeWrites() {
		PipelineResult result = this.launcher
			.pipeline(command("printf", "b\\na\\nb\\n"), command("sort"), command("uniq", "-c"))
			.run();
		assertThat(result.outputText().lines().map(String::strip)).containsExactly("1 a", "2 b");
		assertThat(result.isSuccess()).isTrue();
		assertThat(result.failed()).isNull();
		assertThat(result.stages()).hasSize(3).allMatch(ProcessResult::isSuccess);
		assertThat(result.last()).isSameAs(result.stages().get(2));
		assertThat(result.output()).isSameAs(result.last().output());
	}

	@Test
	void bytesOfTheApplicationGoInAndComeOut() throws Exception {
		byte[] bytes = new byte[3_000_000];
		PipelineResult result = this.launcher
			.pipeline(List.of(command("cat").input(bytes), command("cat"), command("wc", "-c")))
			.run();
		assertThat(result.outputText().strip()).isEqualTo("3000000");
		try (ManagedPipeline pipeline = this.launcher.pipeline(command("cat").pipeInput(), command("tr", "a", "b"))
			.start()) {
			pipeline.first().getOutputStream().write("aha".getBytes(StandardCharsets.US_ASCII));
			pipeline.first().getOutputStream().close();
			assertThat(pipeline.last().getInputStream().readAllBytes()).asString().isEqualTo("bhb");
			assertThat(pipeline.awaitSuccess().stages()).hasSize(2);
		}
	}

	@Test
	void filesAreReadAndWrittenAtTheEnds(@TempDir Path directory) throws Exception {
		Path from = Files.writeString(directory.resolve("from"), "2\n1\n");
		Path to = directory.resolve("to");
		this.launcher.pipeline(command("cat").input(from), command("sort").output(OutputTarget.file(to))).run();
		assertThat(to).hasContent("1\n2\n");
	}

	@Test
	void stagesHoldNoEndOfAPipeButTheirOwn() {
		String descriptors = Fixture.program("print_fds");
		PipelineResult result = this.launcher.pipeline(command(descriptors), command("cat"), command("cat")).run();
		assertThat(result.outputText().lines()).containsExactly("0", "1", "2");
		assertThat(this.launcher.pipeline(command("true"), command(descriptors)).run().outputText().lines())
			.containsExactly("0", "1", "2");
	}

	@Test
	void firstStageThatWritesInVainHasNotFailed() {
		PipelineResult result = this.launcher.pipeline(command("yes"), command("head", "-n", "1")).run();
		assertThat(result.outputText()).isEqualTo("y\n");
		assertThat(result.isSuccess()).isTrue();
		assertThat(result.stages().get(0).status())
			.isEqualTo(new ExitStatus.Signalled(ProcessSignal.PIPE.number(), false));
	}

	@Test
	void lastStageThatIsEndedBySigpipeHasFailed() {
		String killSelf = Fixture.program("kill_self");
		PipelineException failure = catchThrowableOfType(PipelineException.class,
				() -> this.launcher.pipeline(command("true"), command(killSelf, "13")).run());
		assertThat(failure.stage()).isOne();
	}

	@Test
	void failureOfAnyStageIsTold() {
		PipelineException failure = catchThrowableOfType(PipelineException.class,
				() -> this.launcher
					.pipeline(command("true"), command("sh", "-c", "echo broken >&2; exit 3"), command("cat"))
					.run());
		assertThat(failure.stage()).isOne();
		assertThat(failure)
			.hasMessageStartingWith("Stage 2 of the 3 of a pipeline has failed: Process of policy 'none'")
			.hasMessageEndingWith(": broken")
			.hasCauseInstanceOf(ProcessExitException.class);
		assertThat(failure.result().isSuccess()).isFalse();
		assertThat(failure.result().failed()).isSameAs(failure.result().stages().get(1));
		assertThat(failure.result().failed().status()).isEqualTo(new ExitStatus.Exited(3));
	}

	@Test
	void failureEndsTheOthers() {
		PipelineException failure = catchThrowableOfType(PipelineException.class,
				() -> this.launcher.pipeline(command("sleep", "1000"), command("false"), command("sleep", "1000"))
					.run());
		assertThat(failure.stage()).isOne();
		assertThat(failure.result().stages()).extracting(ProcessResult::terminationReason)
			.containsExactly(TerminationReason.PIPELINE, null, TerminationReason.PIPELINE);
		assertThat(failure.result().stages()).extracting(ProcessResult::outcome)
			.containsExactly(ProcessOutcome.CANCELLED, ProcessOutcome.FAILURE, ProcessOutcome.CANCELLED);
	}

	@Test
	void failureLeavesTheOthersIfSaidSo() {
		PipelineException failure = catchThrowableOfType(PipelineException.class,
				() -> this.launcher.pipeline(command("sh", "-c", "echo heard; exit 1"), command("cat"))
					.onFailure(OnStageFailure.LEAVE_OTHERS)
					.run());
		assertThat(failure.stage()).isZero();
		assertThat(failure.result().outputText()).isEqualTo("heard\n");
		assertThat(failure.result().last().isSuccess()).isTrue();
	}

	@Test
	void errorOutputGoesWhereOutputGoes() {
		PipelineResult result = this.launcher
			.pipeline(command("sh", "-c", "echo one; echo two >&2").error(OutputTarget.merge()), command("cat"))
			.run();
		assertThat(result.outputText()).isEqualTo("one\ntwo\n");
	}

	@Test
	void policyOfAStageSaysWhatIsSuccess() {
		PipelineResult result = this.launcher
			.pipeline(command("sh", "-c", "exit 1").successExitCodes(Set.of(1)), command("cat"))
			.run();
		assertThat(result.isSuccess()).isTrue();
	}

	@Test
	void deadlineEndsAllStages() {
		PipelineException failure = catchThrowableOfType(PipelineException.class,
				() -> this.launcher.pipeline(command("sleep", "1000"), command("sleep", "1000"))
					.timeout(Duration.ofMillis(100))
					.run());
		assertThat(failure).hasCauseInstanceOf(ProcessTimeoutException.class);
		assertThat(failure.result().stages()).extracting(ProcessResult::terminationReason)
			.contains(TerminationReason.TIMEOUT)
			.isSubsetOf(TerminationReason.TIMEOUT, TerminationReason.PIPELINE);
	}

	@Test
	void stageThatCannotBeStartedEndsThoseBeforeIt() {
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.launcher
				.pipeline(command("sleep", "1000"), command("sleep", "1000"), command("/no/such/program"))
				.run())
			.satisfies((failure) -> assertThat(failure.subject()).isEqualTo("/no/such/program"));
		assertThat(this.launcher.processes().started()).isEqualTo(2);
		assertThat(this.launcher.processes().recent()).extracting((process) -> process.result().terminationReason())
			.containsExactly(TerminationReason.PIPELINE, TerminationReason.PIPELINE);
	}

	@Test
	void closingEndsAllStages() throws Exception {
		ManagedPipeline pipeline = this.launcher.pipeline(command("sleep", "1000"), command("sleep", "1000")).start();
		assertThat(pipeline.stages()).allMatch(Process::isAlive);
		pipeline.close();
		assertThat(pipeline.stages()).noneMatch(Process::isAlive);
		assertThat(pipeline.result().get(10, TimeUnit.SECONDS).isSuccess()).isFalse();
		pipeline.close();
	}

	@Test
	void interruptEndsAllStages() throws Exception {
		try (ManagedPipeline pipeline = this.launcher.pipeline(command("sleep", "1000"), command("sleep", "1000"))
			.start()) {
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(ProcessInterruptedException.class).isThrownBy(pipeline::awaitSuccess);
			assertThat(Thread.interrupted()).isTrue();
			assertThat(pipeline.result().get(10, TimeUnit.SECONDS).stages())
				.extracting(ProcessResult::terminationReason)
				.containsOnly(TerminationReason.CANCEL);
		}
	}

	@Test
	void allStagesGetPlacesOrNone() {
		ConcurrencyPolicy two = ConcurrencyPolicy.undecided().withLimit(2).withQueue(0);
		try (ProcessLauncher narrow = Fixture.launcher().concurrency(two).build()) {
			assertThat(narrow.pipeline(narrow.command("echo", "fits"), narrow.command("cat")).run().outputText())
				.isEqualTo("fits\n");
			try (ManagedProcess other = narrow.command("sleep", "1000").start()) {
				assertThat(other.isAlive()).isTrue();
				assertThatExceptionOfType(ProcessRejectedException.class)
					.isThrownBy(() -> narrow.pipeline(narrow.command("true"), narrow.command("true")).run());
				assertThat(narrow.processes().started()).isEqualTo(3);
			}
			assertThatIllegalArgumentException().isThrownBy(
					() -> narrow.pipeline(narrow.command("true"), narrow.command("true"), narrow.command("true")).run())
				.withMessageContaining("more than the limit of the launcher, which is 2");
			assertThat(narrow.pipeline(narrow.command("echo", "again"), narrow.command("cat")).run().outputText())
				.isEqualTo("again\n");
		}
	}

	@Test
	void whatIsBetweenStagesCannotBeSet() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.launcher.pipeline(command("cat"), command("cat").input("text")).run())
			.withMessage("input must not be set for stage 2 of a pipeline (cat), which reads what the stage before it "
					+ "writes");
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> this.launcher.pipeline(command("ls").output(OutputTarget.discard()), command("cat")).run())
			.withMessage("output must not be set for stage 1 of a pipeline (ls), which the next stage reads");
		assertThatIllegalArgumentException().isThrownBy(() -> this.launcher.pipeline(List.of(command("cat"))))
			.withMessage("stages must be two at least: 1");
		try (ProcessLauncher other = Fixture.launcher().build()) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.launcher.pipeline(command("cat"), other.command("cat")))
				.withMessageStartingWith("stages must be commands of this launcher");
		}
	}

	private ProcessLauncher.CommandSpec command(String program, String... arguments) {
		return this.launcher.command(program, arguments);
	}

}
