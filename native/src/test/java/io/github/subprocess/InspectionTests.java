// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.github.subprocess.OpenDescriptor.Kind;
import io.github.subprocess.ProcessFigures.Activity;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * What can be seen of processes while they live, and afterwards.
 */
@Timeout(60)
class InspectionTests {

	private final ProcessLauncher launcher = ProcessLauncher.builder().recentOutput(16).build();

	@AfterEach
	void close() {
		this.launcher.close();
	}

	private ProcessInspection inspect(String id) {
		return this.launcher.processes().inspect(id, 1024).orElseThrow();
	}

	/**
	 * Start a script and wait for its first line on standard error.
	 */
	private ManagedProcess begun(ProcessLauncher.CommandSpec command) throws IOException {
		ManagedProcess process = command.error(OutputTarget.pipe()).start();
		BufferedReader reader = new BufferedReader(
				new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
		assertThat(reader.readLine()).isEqualTo("ready");
		return process;
	}

	@Test
	void figuresAreThoseOfTheProcess() throws IOException {
		try (ManagedProcess process = begun(this.launcher.command("sh", "-c", "echo ready >&2; sleep 600; :"))) {
			ProcessInspection inspection = inspect(process.id());
			ProcessFigures figures = inspection.figures();
			assertThat(figures).isNotNull();
			assertThat(figures.pid()).isEqualTo(process.pid());
			assertThat(figures.parent()).isEqualTo(ProcessHandle.current().pid());
			assertThat(figures.name()).isIn("sh", "dash", "bash", "busybox");
			assertThat(figures.threads()).isEqualTo(1);
			assertThat(figures.residentBytes()).isPositive();
			assertThat(inspection.snapshot().id()).isEqualTo(process.id());
			assertThat(inspection.policy()).isEqualTo(ProcessPolicy.defaults());
		}
	}

	@Test
	void descendantsAreSeen() throws IOException {
		String script = "sleep 600 & setsid sleep 601 & echo ready >&2; wait";
		try (ManagedProcess process = begun(this.launcher.command("sh", "-c", script))) {
			await().until(() -> names(process).equals(List.of("sleep", "sleep")));
			List<ProcessFigures> descendants = inspect(process.id()).descendants();
			assertThat(descendants).extracting(ProcessFigures::pid).doesNotContain(process.pid());
			process.destroyForcibly();
			descendants.forEach((one) -> ProcessHandle.of(one.pid()).ifPresent(ProcessHandle::destroyForcibly));
		}
	}

	private List<String> names(ManagedProcess process) {
		return inspect(process.id()).descendants().stream().map(ProcessFigures::name).toList();
	}

	@Test
	void aStoppedProcessIsSeenAsStopped() throws IOException {
		try (ManagedProcess process = begun(
				this.launcher.command("sh", "-c", "echo ready >&2; kill -STOP $$; sleep 600"))) {
			await().until(() -> inspect(process.id()).figures().activity() == Activity.STOPPED);
			assertThat(this.launcher.processes().signal(process.id(), ProcessSignal.CONT)).isTrue();
			await().until(() -> inspect(process.id()).figures().activity() == Activity.SLEEPING);
		}
	}

	@Test
	void descriptorsAreSeenWithTheirKinds(@TempDir Path directory) throws IOException {
		Path file = Files.createFile(directory.resolve("held"));
		try (ManagedProcess process = begun(this.launcher.command("sh", "-c",
				"exec 7<\"$1\"; echo ready >&2; exec sleep 600", "sh", file.toString()))) {
			await().until(() -> inspect(process.id()).figures().name().equals("sleep"));
			List<OpenDescriptor> descriptors = inspect(process.id()).descriptors();
			assertThat(descriptors).extracting(OpenDescriptor::number).containsExactly(0, 1, 2, 7);
			assertThat(descriptors).extracting(OpenDescriptor::kind)
				.containsExactly(Kind.DEVICE, Kind.PIPE, Kind.PIPE, Kind.FILE);
			assertThat(descriptors.get(3).target()).isEqualTo(file.toString());
		}
	}

	@Test
	void whatIsLeftOfDeadlinesIsTold() throws IOException {
		ProcessPolicy deadlines = ProcessPolicy.undecided()
			.withDeadlines(DeadlinesPolicy.undecided()
				.withWall(Duration.ofMinutes(10))
				.withIdle(Duration.ofMinutes(5))
				.withCpu(Duration.ofMinutes(1)));
		try (ManagedProcess process = begun(
				this.launcher.command("sh", "-c", "echo ready >&2; exec sleep 600").overrides(deadlines))) {
			DeadlinesLeft left = inspect(process.id()).deadlinesLeft();
			assertThat(left.wall()).isPositive().isLessThan(Duration.ofMinutes(10));
			assertThat(left.idle()).isPositive().isLessThan(Duration.ofMinutes(5));
			assertThat(left.cpu()).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1));
		}
	}

	@Test
	void theEndOfCapturedOutputIsSeenWhileTheProcessLives() throws IOException {
		try (ManagedProcess process = begun(this.launcher
			.command("sh", "-c",
					"i=0; while [ $i -lt 1000 ]; do echo line$i; i=$((i+1)); done; echo ready >&2; sleep 600")
			.output(OutputTarget.capture()))) {
			await().until(() -> inspect(process.id()).outputTail().text(StandardCharsets.UTF_8).endsWith("line999\n"));
			CapturedOutput tail = this.launcher.processes().inspect(process.id(), 16).orElseThrow().outputTail();
			assertThat(new String(tail.bytes(), StandardCharsets.UTF_8)).isEqualTo("line998\nline999\n");
			assertThat(tail.totalBytes()).isEqualTo(7890);
			assertThat(tail.truncated()).isTrue();
		}
	}

	@Test
	void ofOneThatEndedTheLastBytesAreRemembered() {
		ProcessResult result = this.launcher.command("sh", "-c", "echo 0123456789012345; echo oops >&2").run();
		ProcessInspection inspection = inspect(result.id());
		assertThat(new String(inspection.outputTail().bytes(), StandardCharsets.UTF_8)).isEqualTo("123456789012345\n");
		assertThat(new String(inspection.errorTail().bytes(), StandardCharsets.UTF_8)).isEqualTo("oops\n");
		assertThat(inspection.figures()).isNull();
		assertThat(inspection.descriptors()).isEmpty();
		assertThat(inspection.descendants()).isEmpty();
		assertThat(inspection.snapshot().result().output().bytes()).isEmpty();
	}

	@Test
	void aProcessThatTheCallerWaitsForIsSeenFromAnotherThread() throws Exception {
		Thread caller = new Thread(() -> this.launcher.command("sh", "-c", "echo here; exec sleep 600").run());
		caller.setUncaughtExceptionHandler((thread, failure) -> {
			// it is ended below
		});
		caller.start();
		await().until(() -> !this.launcher.processes().live().isEmpty());
		String id = this.launcher.processes().live().get(0).id();
		await().until(() -> inspect(id).outputTail().totalBytes() == 5);
		assertThat(this.launcher.processes().kill(id, TerminationReason.OPERATOR)).isTrue();
		caller.join();
		assertThat(inspect(id).snapshot().result().terminationReason()).isEqualTo(TerminationReason.OPERATOR);
	}

	@Test
	void killLeavesNoGrace() throws Exception {
		try (ManagedProcess process = begun(
				this.launcher.command("sh", "-c", "trap '' TERM; echo ready >&2; while :; do sleep 600; done"))) {
			assertThat(this.launcher.processes().kill(process.id(), TerminationReason.OPERATOR)).isTrue();
			ProcessResult result = process.result().get();
			assertThat(result.status()).isInstanceOf(ExitStatus.Signalled.class);
			assertThat(result.outcome()).isEqualTo(ProcessOutcome.CANCELLED);
		}
	}

	@Test
	void nobodyIsKnownByAnUnknownId() {
		ProcessRegistry processes = this.launcher.processes();
		assertThat(processes.inspect("nobody", 10)).isEqualTo(Optional.empty());
		assertThat(processes.kill("nobody", TerminationReason.OPERATOR)).isFalse();
		assertThat(processes.signal("nobody", ProcessSignal.TERM)).isFalse();
	}

	@Test
	void aTailIsNotNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.launcher.processes().inspect("nobody", -1))
			.withMessageContaining("tailBytes");
		assertThatIllegalArgumentException().isThrownBy(() -> ProcessLauncher.builder().recentOutput(-1))
			.withMessageContaining("recentOutput");
	}

}
