// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Deadlines on silence and on CPU time.
 */
@Timeout(60)
class DeadlineTests {

	private static final Duration SHORT = Duration.ofMillis(300);

	/**
	 * Longer than a noisy machine lets a program wait that only has to say a word.
	 */
	private static final Duration LONG = Duration.ofSeconds(3);

	private final ProcessLauncher launcher = Fixture.launcher().build();

	@TempDir
	Path directory;

	@AfterEach
	void close() {
		this.launcher.close();
	}

	private static ProcessPolicy idle(Duration limit) {
		return ProcessPolicy.undecided().withDeadlines(DeadlinesPolicy.undecided().withIdle(limit));
	}

	@Test
	void aSilentProcessIsEnded() {
		assertThatExceptionOfType(ProcessTimeoutException.class)
			.isThrownBy(() -> this.launcher.command("sleep", "100").overrides(idle(SHORT)).run())
			.withMessageContaining("was silent for PT0.3S")
			.satisfies((ex) -> {
				assertThat(ex.timeout()).isEqualTo(SHORT);
				assertThat(ex.result().outcome()).isEqualTo(ProcessOutcome.IDLE_TIMEOUT);
				assertThat(ex.result().terminationReason()).isEqualTo(TerminationReason.IDLE_TIMEOUT);
			});
	}

	@Test
	void aProcessThatFallsSilentIsEnded() {
		assertThatExceptionOfType(ProcessTimeoutException.class)
			.isThrownBy(() -> this.launcher.command("sh", "-c", "echo one; echo two >&2; exec sleep 100")
				.error(OutputTarget.merge())
				.overrides(idle(SHORT))
				.run())
			.satisfies((ex) -> assertThat(ex.result().outputText()).isEqualTo("one\ntwo\n"));
	}

	@Test
	void aProcessThatKeepsTalkingIsNot() {
		String talk = "i=0; while [ $i -lt 8 ]; do echo $i >&2; sleep 0.5; i=$((i + 1)); done";
		ProcessResult result = this.launcher.command("sh", "-c", talk)
			.output(OutputTarget.discard())
			.error(OutputTarget.lines(String::length))
			.overrides(idle(LONG))
			.run();
		assertThat(result.duration()).isGreaterThan(LONG);
	}

	@Test
	void aProcessThatNobodyListensToIsNotSilent() throws Exception {
		CountDownLatch gate = new CountDownLatch(1);
		try (ManagedProcess process = this.launcher.command("yes")
			.output(OutputTarget.lines((line) -> awaitUninterruptibly(gate)))
			.overrides(idle(SHORT))
			.start()) {
			assertThat(process.waitFor(4 * SHORT.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
			gate.countDown();
		}
	}

	@Test
	void aPipeWithBytesThatNobodyHasReadIsNotSilent() throws Exception {
		try (ManagedProcess process = this.launcher.command("yes")
			.error(OutputTarget.discard())
			.overrides(idle(SHORT))
			.start()) {
			assertThat(process.waitFor(4 * SHORT.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
			assertThat(process.getInputStream().read()).isEqualTo('y');
		}
	}

	@Test
	void aSilentPipeIsEnded() throws Exception {
		try (ManagedProcess process = this.launcher.command("sh", "-c", "echo one; exec sleep 100")
			.overrides(idle(SHORT))
			.start()) {
			assertThat(process.getInputStream().readAllBytes()).hasSize(4);
			assertThat(process.result().get(30, TimeUnit.SECONDS).outcome()).isEqualTo(ProcessOutcome.IDLE_TIMEOUT);
		}
	}

	@Test
	void anIdleDeadlineThatNobodyCouldKeepIsRefused() {
		for (OutputTarget target : List.of(OutputTarget.discard(), OutputTarget.inherit(),
				OutputTarget.file(this.directory.resolve("file")))) {
			for (OutputTarget error : List.of(target, OutputTarget.merge())) {
				assertThatIllegalArgumentException().isThrownBy(
						() -> this.launcher.command("true").output(target).error(error).overrides(idle(SHORT)).run())
					.withMessageContaining("deadlines.idle");
			}
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void aProcessThatSpinsIsEnded() {
		assertThatExceptionOfType(ProcessTimeoutException.class)
			.isThrownBy(() -> this.launcher.command("sh", "-c", "while :; do :; done")
				.overrides(ProcessPolicy.undecided().withDeadlines(DeadlinesPolicy.undecided().withCpu(SHORT)))
				.run())
			.withMessageContaining("used its CPU time of PT0.3S")
			.satisfies((ex) -> {
				assertThat(ex.timeout()).isEqualTo(SHORT);
				assertThat(ex.result().outcome()).isEqualTo(ProcessOutcome.CPU_TIMEOUT);
			});
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
