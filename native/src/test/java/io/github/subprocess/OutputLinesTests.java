// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Lines that are handed to application code while the process runs.
 */
@Timeout(60)
class OutputLinesTests {

	private final ProcessLauncher launcher = Fixture.launcher().build();

	@TempDir
	Path directory;

	@AfterEach
	void close() {
		this.launcher.close();
	}

	private ProcessLauncher.CommandSpec shell(String script) {
		return this.launcher.command("sh", "-c", script);
	}

	@Test
	void allLinesAreDeliveredBeforeTheResult() {
		List<String> lines = new ArrayList<>();
		ProcessResult result = this.launcher.command("seq", "100000").output(OutputTarget.lines(lines::add)).run();
		assertThat(lines).hasSize(100_000).startsWith("1", "2").endsWith("99999", "100000");
		assertThat(result.output().complete()).isTrue();
		assertThat(result.output().totalBytes()).isEqualTo(588_895);
		assertThat(result.output().bytes()).isEmpty();
	}

	@Test
	void endsOfLines() {
		List<String> lines = new ArrayList<>();
		shell("printf 'a\\r\\nb\\rc\\n\\n\\r\\nlast'").output(OutputTarget.lines(lines::add)).run();
		assertThat(lines).containsExactly("a", "b", "c", "", "", "last");
	}

	@Test
	void linesAndCharactersAcrossReads() throws Exception {
		List<String> lines = new ArrayList<>();
		CountDownLatch first = new CountDownLatch(1);
		try (ManagedProcess process = this.launcher.command("cat").pipeInput().output(OutputTarget.lines((line) -> {
			lines.add(line);
			first.countDown();
		})).start()) {
			byte[] text = "x\nGr\u00fc\u00dfe \ud83d\ude00 ende\r\nrest".getBytes(StandardCharsets.UTF_8);
			for (byte one : text) {
				process.getOutputStream().write(one);
			}
			first.await();
			process.getOutputStream().close();
			process.awaitSuccess();
		}
		assertThat(lines).containsExactly("x", "Gr\u00fc\u00dfe \ud83d\ude00 ende", "rest");
	}

	@Test
	void malformedBytesAreReplaced() {
		List<String> lines = new ArrayList<>();
		shell("printf 'a\\377b\\n\\303'").output(OutputTarget.lines(lines::add)).run();
		assertThat(lines).containsExactly("a\ufffdb", "\ufffd");
	}

	@Test
	void otherCharset() {
		List<String> lines = new ArrayList<>();
		shell("printf 'gr\\374n\\n'").output(OutputTarget.lines(lines::add, StandardCharsets.ISO_8859_1)).run();
		assertThat(lines).containsExactly("gr\u00fcn");
	}

	@Test
	void longLinesAreCutAndSaySo() {
		List<String> lines = new ArrayList<>();
		shell("printf '123456789\\n12345\\n1234567'").output(OutputTarget.lines(lines::add, StandardCharsets.UTF_8, 5))
			.run();
		assertThat(lines).containsExactly("12345 [... 4 characters cut ...]", "12345",
				"12345 [... 2 characters cut ...]");
	}

	@Test
	void aLineWithoutEndUsesBoundedMemory() {
		List<String> lines = new ArrayList<>();
		this.launcher.command(Fixture.program("flood_stdout"), "50000000").output(OutputTarget.lines(lines::add)).run();
		assertThat(lines).singleElement()
			.satisfies(
					(line) -> assertThat(line).hasSizeLessThan(70_000).endsWith(" [... 49934464 characters cut ...]"));
	}

	@Test
	void boundsOfLinesAreChecked() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> OutputTarget.lines(String::length, StandardCharsets.UTF_8, 0))
			.withMessageContaining("longest");
	}

	@Test
	void bothStreamsAreHandedOverOneAfterTheOther() {
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		List<String> lines = new ArrayList<>();
		OutputTarget target = OutputTarget.lines((line) -> {
			most.accumulateAndGet(inside.incrementAndGet(), Math::max);
			lines.add(line);
			inside.decrementAndGet();
		});
		shell("seq 20000; seq 20000 >&2").output(target).error(target).run();
		assertThat(lines).hasSize(40_000);
		assertThat(most).hasValue(1);
	}

	@Test
	void aConsumerThatThrowsEndsItsProcess() {
		IllegalStateException failure = new IllegalStateException("no more");
		assertThatExceptionOfType(ProcessOutputException.class)
			.isThrownBy(() -> shell("echo one; echo two; exec sleep 100").output(OutputTarget.lines((line) -> {
				throw failure;
			})).run())
			.withCause(failure)
			.withMessageContaining("no more")
			.satisfies((ex) -> {
				assertThat(ex.result().terminationReason()).isEqualTo(TerminationReason.APPLICATION_FAILURE);
				assertThat(ex.result().outcome()).isEqualTo(ProcessOutcome.CANCELLED);
			});
	}

	@Test
	void aConsumerThatThrowsOnTheLastLineIsToldToo() {
		assertThatExceptionOfType(ProcessOutputException.class)
			.isThrownBy(() -> shell("printf last").output(OutputTarget.lines((line) -> {
				throw new AssertionError(line);
			})).run())
			.withCauseInstanceOf(AssertionError.class)
			.satisfies((ex) -> assertThat(ex.result().status()).isEqualTo(new ExitStatus.Exited(0)));
	}

	@Test
	void aFailureCompletesTheFuture() {
		assertThat(shell("echo one").output(OutputTarget.lines((line) -> {
			throw new IllegalStateException(line);
		})).start().result()).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.withCauseInstanceOf(ProcessOutputException.class);
	}

	@Test
	void aConsumerThatBlocksMakesItsProcessWaitAndNoOther() {
		Writer writer = Writer.in(this.directory);
		CountDownLatch gate = new CountDownLatch(1);
		AtomicInteger lines = new AtomicInteger();
		try (ManagedProcess process = this.launcher.command(Fixture.program("count_writes"), writer.of(20_000_000))
			.output(OutputTarget.lines((line) -> {
				awaitUninterruptibly(gate);
				lines.incrementAndGet();
			}))
			.start()) {
			// a pipe, what waits for the consumer, and one read more
			assertThat(writer.awaitBlocked()).isBetween(4096L, 1_000_000L);
			assertThat(
					this.launcher.command("seq", "1000").output(OutputTarget.lines(String::length)).run().isSuccess())
				.isTrue();
			gate.countDown();
			process.awaitSuccess();
			assertThat(lines).hasValue(20_000_000 / 4096 + 1);
		}
	}

	@Test
	void aConsumerThatStillBlocksWhenTheDrainDeadlinePassesIsNotWaitedFor() {
		CountDownLatch gate = new CountDownLatch(1);
		AtomicInteger lines = new AtomicInteger();
		ProcessResult result = shell("echo one; echo two")
			.overrides(ProcessPolicy.undecided()
				.withDeadlines(DeadlinesPolicy.undecided().withDrain(Duration.ofMillis(200))))
			.output(OutputTarget.lines((line) -> {
				lines.incrementAndGet();
				awaitUninterruptibly(gate);
			}))
			.run();
		assertThat(result.output().complete()).isFalse();
		assertThat(result.output().totalBytes()).isEqualTo(8);
		assertThat(result.isSuccess()).isTrue();
		gate.countDown();
	}

	@Test
	void aConsumerThatBlocksDoesNotHoldUpTheEndByADeadline() {
		CountDownLatch gate = new CountDownLatch(1);
		assertThatExceptionOfType(ProcessTimeoutException.class)
			.isThrownBy(() -> this.launcher.command("yes")
				.timeout(Duration.ofMillis(300))
				.overrides(ProcessPolicy.undecided()
					.withDeadlines(DeadlinesPolicy.undecided().withDrain(Duration.ofMillis(200))))
				.output(OutputTarget.lines((line) -> awaitUninterruptibly(gate)))
				.run())
			.satisfies((ex) -> assertThat(ex.result().output().complete()).isFalse());
		gate.countDown();
	}

	@Test
	void anExecutorWithOneThreadServesManyProcesses() {
		try (ProcessLauncher narrow = Fixture.launcher().executor(oneThread()).build()) {
			List<ManagedProcess> processes = new ArrayList<>();
			AtomicInteger lines = new AtomicInteger();
			for (int i = 0; i < 10; i++) {
				processes.add(narrow.command("seq", "1000")
					.output(OutputTarget.lines((line) -> lines.incrementAndGet()))
					.start());
			}
			processes.forEach(ManagedProcess::awaitSuccess);
			assertThat(lines).hasValue(10_000);
		}
	}

	private static Executor oneThread() {
		return Executors.newSingleThreadExecutor((task) -> {
			Thread thread = new Thread(task);
			thread.setDaemon(true);
			return thread;
		});
	}

	@Test
	void noDescriptorIsLeft() {
		this.launcher.awaitReady();
		shell("true").run();
		var before = Fixture.openDescriptors();
		for (int i = 0; i < 20; i++) {
			shell("echo a; echo b >&2").output(OutputTarget.lines(String::length)).error(OutputTarget.merge()).run();
		}
		await().untilAsserted(() -> assertThat(Fixture.openDescriptors()).hasSameSizeAs(before));
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
