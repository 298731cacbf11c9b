// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.github.subprocess.policy.OutputPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Where output goes besides captures and pipes.
 */
@Timeout(60)
@Tag(Fixture.EVERY_MECHANISM)
class OutputTargetTests {

	private final ProcessLauncher launcher = Fixture.launcher().policy("talker", ProcessPolicy.undecided()).build();

	@TempDir
	Path directory;

	@AfterEach
	void close() {
		this.launcher.close();
	}

	private ProcessLauncher.CommandSpec shell(String script) {
		return this.launcher.command("sh", "-c", script);
	}

	private ProcessLauncher.CommandSpec alternating() {
		return shell("i=0; while [ $i -lt 500 ]; do echo out; echo err >&2; i=$((i + 1)); done")
			.error(OutputTarget.merge());
	}

	@Test
	void mergedErrorKeepsItsPlaceAmongTheOutput() {
		ProcessResult result = alternating().run();
		assertThat(result.outputText()).isEqualTo("out\nerr\n".repeat(500));
		assertThat(result.error()).isEqualTo(CapturedOutput.NONE);
	}

	@Test
	void mergedErrorGoesIntoAFile() throws Exception {
		Path file = this.directory.resolve("both");
		alternating().output(OutputTarget.file(file)).run();
		assertThat(file).hasContent("out\nerr\n".repeat(500));
	}

	@Test
	void mergedErrorIsReadFromTheSamePipe() throws Exception {
		byte[] bytes = alternating().output(OutputTarget.pipe())
			.exchange((process) -> process.getInputStream().readAllBytes());
		assertThat(new String(bytes, StandardCharsets.US_ASCII)).isEqualTo("out\nerr\n".repeat(500));
	}

	@Test
	void errorIsMergedIntoWhatOutputInherits() {
		ProcessResult result = this.launcher
			.command("sh", "-c", "test \"$(readlink /proc/self/fd/2)\" = \"$(readlink /proc/$PPID/fd/1)\"")
			.output(OutputTarget.inherit())
			.error(OutputTarget.merge())
			.run();
		assertThat(result.isSuccess()).isTrue();
	}

	@Test
	void outputCannotBeMerged() {
		assertThatIllegalArgumentException().isThrownBy(() -> shell("true").output(OutputTarget.merge()))
			.withMessageContaining("error(OutputTarget.merge())");
	}

	@Test
	void aTeeFeedsAllItsTargets() {
		List<String> lines = new ArrayList<>();
		CollectingSubscriber subscriber = new CollectingSubscriber(Long.MAX_VALUE, 0);
		Path file = this.directory.resolve("copy");
		ProcessResult result = this.launcher.command("seq", "100000")
			.output(OutputTarget.tee(OutputTarget.capture(), OutputTarget.lines(lines::add),
					OutputTarget.tee(OutputTarget.file(file), OutputTarget.subscriber(subscriber))))
			.run();
		String expected = String.join("\n", lines) + "\n";
		assertThat(lines).hasSize(100_000);
		assertThat(result.outputText()).isEqualTo(expected);
		assertThat(file).hasContent(expected);
		assertThat(new String(subscriber.bytes(), StandardCharsets.US_ASCII)).isEqualTo(expected);
	}

	@Test
	void aTeeAppendsToAFile() throws Exception {
		Path file = Files.writeString(this.directory.resolve("log"), "old\n");
		shell("echo new").output(OutputTarget.tee(OutputTarget.append(file))).run();
		assertThat(file).hasContent("old\nnew\n");
	}

	@Test
	void theSlowestOfATeeDecides() {
		Writer writer = Writer.in(this.directory);
		CountDownLatch gate = new CountDownLatch(1);
		try (ManagedProcess process = this.launcher.command(Fixture.program("count_writes"), writer.of(5_000_000))
			.output(OutputTarget.tee(OutputTarget.capture(), OutputTarget.lines((line) -> {
				try {
					gate.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			})))
			.start()) {
			assertThat(writer.awaitBlocked()).isLessThan(1_000_000);
			gate.countDown();
			assertThat(process.awaitSuccess().output().totalBytes()).isEqualTo(writer.written());
		}
	}

	@Test
	void theOthersOfATeeGoOnAfterOneHasCancelled() throws Exception {
		CollectingSubscriber subscriber = new CollectingSubscriber(0, 0);
		try (ManagedProcess process = this.launcher.command("seq", "100000")
			.output(OutputTarget.tee(OutputTarget.capture(), OutputTarget.subscriber(subscriber)))
			.start()) {
			subscriber.awaitSubscription().cancel();
			assertThat(process.awaitSuccess().output().complete()).isTrue();
		}
	}

	@Test
	void whatCannotBePartOfATeeIsRefusedEarly() {
		for (OutputTarget target : List.of(OutputTarget.pipe(), OutputTarget.discard(), OutputTarget.inherit(),
				OutputTarget.merge())) {
			assertThatIllegalArgumentException().isThrownBy(() -> OutputTarget.tee(OutputTarget.capture(), target))
				.withMessageContaining(target.getClass().getSimpleName());
		}
		assertThatIllegalArgumentException().isThrownBy(OutputTarget::tee);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> OutputTarget.tee(OutputTarget.capture(), OutputTarget.capture()));
	}

	@Test
	void aFileOfATeeThatCannotBeOpenedFailsTheStart() {
		Path file = this.directory.resolve("missing/file");
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(
					() -> shell("true").output(OutputTarget.tee(OutputTarget.capture(), OutputTarget.file(file))).run())
			.withMessageContaining(file.toString());
	}

	@Test
	void nothingStaysOpenWhenTheStartFails() {
		this.launcher.command("true").run();
		Set<String> before = Fixture.openDescriptors();
		OutputTarget tee = OutputTarget.tee(OutputTarget.capture(), OutputTarget.file(this.directory.resolve("file")));
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.launcher.command("/nowhere/to/be/found").output(tee).error(tee).run());
		assertThat(Fixture.openDescriptors()).isEqualTo(before);
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> shell("true").output(tee)
				.error(OutputTarget.tee(OutputTarget.file(this.directory.resolve("other")),
						OutputTarget.file(this.directory.resolve("missing/file"))))
				.run())
			.withMessageContaining("missing/file");
		assertThat(Fixture.openDescriptors()).isEqualTo(before);
	}

	@Test
	void aFileOfATeeThatCannotBeWrittenEndsTheProcess() {
		assertThatExceptionOfType(ProcessOutputException.class)
			.isThrownBy(() -> this.launcher.command("yes")
				.output(OutputTarget.tee(OutputTarget.append(Path.of("/dev/full"))))
				.run())
			.withMessageContaining("/dev/full");
	}

	@Test
	void logOfAPolicy() {
		List<LogRecord> records = recorded("subprocess.talker",
				() -> this.launcher.command("sh", "-c", """
						echo hello; printf 'bell \\007\\n' >&2; head -c 10000 /dev/zero | tr '\\000' a""")
					.policy("talker")
					.output(OutputTarget.log())
					.error(OutputTarget.log(System.Logger.Level.WARNING))
					.run());
		List<String> infos = records.stream()
			.filter((entry) -> entry.getLevel() == Level.INFO)
			.map(LogRecord::getMessage)
			.toList();
		assertThat(infos).hasSize(2);
		assertThat(infos.get(0)).matches("\\[\\S+ \\d+] hello");
		assertThat(infos.get(1)).endsWith("aaa [... 1808 characters cut ...]");
		assertThat(records).filteredOn((entry) -> entry.getLevel() == Level.WARNING)
			.singleElement()
			.satisfies((entry) -> assertThat(entry.getMessage()).endsWith("] bell \ufffd"));
	}

	@Test
	void logOfAnAdHocCommand() {
		List<LogRecord> records = recorded("subprocess", () -> shell("echo {0}").output(OutputTarget.log()).run());
		assertThat(records).singleElement().satisfies((entry) -> assertThat(entry.getMessage()).endsWith("] {0}"));
	}

	private static List<LogRecord> recorded(String name, Runnable action) {
		List<LogRecord> records = new ArrayList<>();
		Logger logger = Logger.getLogger(name);
		Handler handler = new Handler() {

			@Override
			public synchronized void publish(LogRecord entry) {
				records.add(entry);
			}

			@Override
			public void flush() {
			}

			@Override
			public void close() {
			}

		};
		logger.addHandler(handler);
		logger.setUseParentHandlers(false);
		try {
			action.run();
		}
		finally {
			logger.removeHandler(handler);
			logger.setUseParentHandlers(true);
		}
		return records;
	}

	@Test
	void filesAndInheritedStreamsAreTheChildsOwn() {
		Path file = this.directory.resolve("own");
		ProcessResult result = shell("readlink /proc/self/fd/1; readlink /proc/self/fd/2 >&2")
			.output(OutputTarget.file(file))
			.run();
		assertThat(file).hasContent(file.toString());
		assertThat(result.output()).isEqualTo(CapturedOutput.NONE);
		assertThat(result.errorText()).startsWith("pipe:");
	}

	@Test
	void whatIsCapturedOfEndlessOutputIsBeginningAndEnd() {
		assertThatExceptionOfType(ProcessTimeoutException.class)
			.isThrownBy(() -> this.launcher.command("yes")
				.timeout(Duration.ofSeconds(2))
				.overrides(ProcessPolicy.undecided().withOutput(new OutputPolicy(64L * 1024, null)))
				.run())
			.satisfies((ex) -> {
				CapturedOutput output = ex.result().output();
				assertThat(ex.result().outcome()).isEqualTo(ProcessOutcome.TIMEOUT);
				assertThat(output.head()).hasSize(32 * 1024).startsWith('y', '\n');
				assertThat(output.tail()).hasSize(32 * 1024);
				assertThat(output.truncated()).isTrue();
				assertThat(output.complete()).isTrue();
				assertThat(output.droppedBytes()).isEqualTo(output.totalBytes() - 64 * 1024).isPositive();
				byte[] pair = Arrays.copyOf(output.tail(), 2);
				assertThat(pair[0] + pair[1]).isEqualTo('y' + '\n');
			});
	}

}
