// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

/**
 * A managed process keeps the contract of {@link Process}: what holds for a process of
 * the JDK is asserted of both, side by side.
 */
@Timeout(60)
class ProcessContractTests {

	private final ProcessLauncher launcher = ProcessLauncher.create();

	private final List<Process> started = new ArrayList<>();

	@AfterEach
	void nothingIsLeft() throws InterruptedException {
		for (Process process : this.started) {
			process.destroyForcibly();
			process.waitFor();
		}
		this.launcher.close();
		await().until(() -> Fixture.zombies().isEmpty());
	}

	private Process start(Kind kind, String... command) throws IOException {
		Process process = (kind == Kind.JDK) ? new ProcessBuilder(command).start()
				: this.launcher.command(List.of(command)).pipeInput().error(OutputTarget.pipe()).start();
		this.started.add(process);
		return process;
	}

	private Process ended(Kind kind, String... command) throws Exception {
		Process process = start(kind, command);
		process.waitFor();
		await().until(() -> !Fixture.zombies().contains(process.pid()));
		return process;
	}

	@ParameterizedTest
	@EnumSource
	void isAliveUntilItEnds(Kind kind) throws Exception {
		Process process = start(kind, "sleep", "100");
		assertThat(process.isAlive()).isTrue();
		assertThat(process.pid()).isPositive();
		assertThatExceptionOfType(IllegalThreadStateException.class).isThrownBy(process::exitValue);
		process.destroy();
		process.waitFor();
		assertThat(process.isAlive()).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void exitValueIsTheCode(Kind kind) throws Exception {
		Process process = start(kind, "sh", "-c", "exit 7");
		assertThat(process.waitFor()).isEqualTo(7);
		assertThat(process.exitValue()).isEqualTo(7);
	}

	@ParameterizedTest
	@EnumSource
	void exitValueOfASignalIsAbove128(Kind kind) throws Exception {
		assertThat(start(kind, "sh", "-c", "kill -USR1 $$").waitFor()).isEqualTo(128 + 10);
	}

	@ParameterizedTest
	@EnumSource
	void destroyEndsNormally(Kind kind) throws Exception {
		Process process = start(kind, "sleep", "100");
		assertThat(process.supportsNormalTermination()).isTrue();
		process.destroy();
		assertThat(process.waitFor()).isEqualTo(128 + 15);
	}

	@ParameterizedTest
	@EnumSource
	void destroyForciblyKills(Kind kind) throws Exception {
		Process process = start(kind, "sleep", "100");
		assertThat(process.destroyForcibly()).isSameAs(process);
		assertThat(process.waitFor()).isEqualTo(128 + 9);
	}

	@ParameterizedTest
	@EnumSource
	void destroyAfterTheEndDoesNothing(Kind kind) throws Exception {
		Process process = ended(kind, "true");
		process.destroy();
		assertThat(process.destroyForcibly()).isSameAs(process);
		assertThat(process.exitValue()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void waitIsBounded(Kind kind) throws Exception {
		Process process = start(kind, "sleep", "100");
		assertThat(process.waitFor(1, TimeUnit.MILLISECONDS)).isFalse();
		assertThat(process.waitFor(0, TimeUnit.SECONDS)).isFalse();
		assertThat(process.waitFor(-1, TimeUnit.SECONDS)).isFalse();
		assertThat(process.waitFor(Long.MIN_VALUE, TimeUnit.NANOSECONDS)).isFalse();
		process.destroy();
		assertThat(process.waitFor(Long.MAX_VALUE, TimeUnit.DAYS)).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void waitAfterTheEndNeedsNoTime(Kind kind) throws Exception {
		Process process = ended(kind, "true");
		assertThat(process.waitFor(0, TimeUnit.SECONDS)).isTrue();
		assertThat(process.waitFor(-1, TimeUnit.SECONDS)).isTrue();
		assertThat(process.waitFor()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void interruptIsHeardWhileThereIsSomethingToWaitFor(Kind kind) throws Exception {
		Process process = start(kind, "sleep", "100");
		Thread.currentThread().interrupt();
		assertThat(process.waitFor(0, TimeUnit.SECONDS)).isFalse();
		assertThat(Thread.currentThread().isInterrupted()).isTrue();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(process::waitFor);
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> process.waitFor(1, TimeUnit.DAYS));
		assertThat(process.isAlive()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void interruptIsKeptWhenThereIsNothingToWaitFor(Kind kind) throws Exception {
		Process process = ended(kind, "sh", "-c", "exit 3");
		Thread.currentThread().interrupt();
		assertThat(process.waitFor()).isEqualTo(3);
		assertThat(process.waitFor(1, TimeUnit.DAYS)).isTrue();
		assertThat(Thread.interrupted()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void futureOfTheExitGivesTheProcess(Kind kind) throws Exception {
		Process process = start(kind, "sleep", "100");
		assertThat(process.onExit()).isNotDone();
		process.destroy();
		assertThat(process.onExit().get(30, TimeUnit.SECONDS)).isSameAs(process);
		assertThat(process.onExit().get(30, TimeUnit.SECONDS).exitValue()).isEqualTo(128 + 15);
	}

	@ParameterizedTest
	@EnumSource
	void cancelledFutureOfTheExitEndsNothing(Kind kind) throws Exception {
		Process process = start(kind, "sleep", "100");
		assertThat(process.onExit().cancel(true)).isTrue();
		assertThat(process.isAlive()).isTrue();
		process.destroy();
		assertThat(process.onExit().get(30, TimeUnit.SECONDS)).isSameAs(process);
	}

	@ParameterizedTest
	@EnumSource
	void handleIsThatOfTheJdkWhileItLives(Kind kind) throws Exception {
		Process process = start(kind, "sleep", "100");
		ProcessHandle handle = process.toHandle();
		assertThat(handle).isEqualTo(ProcessHandle.of(process.pid()).orElseThrow());
		assertThat(handle.pid()).isEqualTo(process.pid());
		assertThat(handle.isAlive()).isTrue();
		assertThat(handle.parent()).contains(ProcessHandle.current());
		assertThat(ProcessHandle.current().children()).contains(handle);
		assertThat(process.info().command().orElseThrow()).endsWith("sleep");
		assertThat(process.info().startInstant()).isPresent();
		process.destroy();
		assertThat(handle.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(handle);
		// the JDK calls a zombie alive: ours is one until it is reaped
		await().until(() -> !handle.isAlive());
	}

	@ParameterizedTest
	@EnumSource
	void handleAfterTheEndIsNotAlive(Kind kind) throws Exception {
		Process process = ended(kind, "true");
		ProcessHandle handle = process.toHandle();
		assertThat(handle.pid()).isEqualTo(process.pid());
		assertThat(handle.isAlive()).isFalse();
		assertThat(handle.destroy()).isFalse();
		assertThat(handle.destroyForcibly()).isFalse();
		assertThat(handle.supportsNormalTermination()).isTrue();
		assertThat(handle.parent()).isEmpty();
		assertThat(handle.children()).isEmpty();
		assertThat(handle.descendants()).isEmpty();
		assertThat(handle.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(handle);
		assertThat(handle).isEqualTo(process.toHandle()).hasSameHashCodeAs(process.toHandle());
		assertThat(process.info().command()).isEmpty();
		assertThat(process.info().startInstant()).isEmpty();
		assertThat(process.children()).isEmpty();
		assertThat(process.descendants()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void descendantsAreThoseOfTheSystem(Kind kind) throws Exception {
		Process process = start(kind, Fixture.program("fork_tree"), "2");
		List<Long> children = ReadyProcess.await(process);
		assertThat(process.children().map(ProcessHandle::pid)).containsExactlyInAnyOrderElementsOf(children);
		assertThat(process.descendants().map(ProcessHandle::pid)).containsExactlyInAnyOrderElementsOf(children);
		process.descendants().forEach(ProcessHandle::destroy);
	}

	@ParameterizedTest
	@EnumSource
	void readersAndWritersAreMadeOnce(Kind kind) throws Exception {
		Process process = start(kind, "cat");
		BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
		BufferedWriter writer = process.outputWriter(StandardCharsets.UTF_8);
		assertThat(process.inputReader(StandardCharsets.UTF_8)).isSameAs(reader);
		assertThat(process.outputWriter(StandardCharsets.UTF_8)).isSameAs(writer);
		assertThatIllegalStateException().isThrownBy(() -> process.inputReader(StandardCharsets.UTF_16));
		assertThatIllegalStateException().isThrownBy(() -> process.outputWriter(StandardCharsets.UTF_16));
		writer.write("gr\u00fc\u00dfe\n");
		writer.flush();
		assertThat(reader.readLine()).isEqualTo("gr\u00fc\u00dfe");
		writer.close();
		assertThat(reader.readLine()).isNull();
		assertThat(process.errorReader().readLine()).isNull();
		assertThat(process.waitFor()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void streamsAreTheSameEachTime(Kind kind) throws Exception {
		Process process = start(kind, "cat");
		assertThat(process.getInputStream()).isSameAs(process.getInputStream());
		assertThat(process.getErrorStream()).isSameAs(process.getErrorStream());
		assertThat(process.getOutputStream()).isSameAs(process.getOutputStream());
		process.getOutputStream().close();
		process.getOutputStream().close();
		assertThat(process.waitFor()).isZero();
		assertThat(process.getInputStream().read()).isEqualTo(-1);
	}

	@ParameterizedTest
	@EnumSource
	void outputCanBeReadAfterTheEnd(Kind kind) throws Exception {
		Process process = ended(kind, "sh", "-c", "echo out; echo err >&2");
		assertThat(process.inputReader().readLine()).isEqualTo("out");
		assertThat(process.errorReader().readLine()).isEqualTo("err");
	}

	@ParameterizedTest
	@EnumSource
	void nullIsRefused(Kind kind) throws Exception {
		Process process = start(kind, "sleep", "100");
		assertThatNullPointerException().isThrownBy(() -> process.waitFor(1, nothing()));
		assertThatNullPointerException().isThrownBy(() -> process.inputReader(nothing()));
	}

	@SuppressWarnings({ "NullAway", "TypeParameterUnusedInFormals" })
	private static <T> T nothing() {
		return null;
	}

	/**
	 * Whose process.
	 */
	enum Kind {

		JDK, OURS

	}

}
