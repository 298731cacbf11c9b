// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Streams between the application and a process.
 */
@Timeout(60)
@Tag(Fixture.EVERY_MECHANISM)
class StreamTests {

	private static final int DEFAULT_PIPE = 64 * 1024;

	private final ProcessLauncher launcher = Fixture.launcher().build();

	@TempDir
	Path directory;

	@AfterEach
	void close() {
		this.launcher.close();
	}

	@Test
	void bothDirectionsAtOnce() throws IOException {
		byte[] bytes = new byte[20_000_000];
		new Random(11).nextBytes(bytes);
		byte[] echoed = this.launcher.command("cat")
			.input(new ByteArrayInputStream(bytes))
			.exchange((process) -> process.getInputStream().readAllBytes());
		assertThat(Arrays.equals(echoed, bytes)).isTrue();
	}

	@Test
	void slowReaderMakesTheProcessWait() throws Exception {
		try (ManagedProcess process = this.launcher.command(Fixture.program("flood_stdout"), "10000000").start()) {
			// a pipe holds 64 KiB; the rest has to wait for us
			assertThat(process.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
			assertThat(process.getInputStream().readAllBytes()).hasSize(10_000_000);
			assertThat(process.waitFor()).isZero();
		}
	}

	@Test
	void errorOutputThatNobodyReadsDoesNotBlockTheProcess() {
		ProcessResult result = this.launcher.command(Fixture.program("flood_stdout"), "10", "5000000")
			.start()
			.result()
			.join();
		assertThat(result.isSuccess()).isTrue();
		assertThat(result.error().totalBytes()).isEqualTo(5_000_000);
	}

	@Test
	void pipeThatAnotherProcessHeldIsTakenOverWhenThatHasEndedToo(@TempDir Path directory) throws Exception {
		String fifo = directory.resolve("fifo").toString();
		this.launcher.command("mkfifo", fifo).run();
		Set<String> before = Fixture.openDescriptors();
		ManagedProcess process = this.launcher
			.command("sh", "-c", "(read line < \"$0\"; echo \"$line\") & echo first", fifo)
			.start();
		assertThat(process.waitFor()).isZero();
		process.result().join();
		assertThat(Fixture.openDescriptors()).hasSizeGreaterThan(before.size());
		Files.writeString(Path.of(fifo), "later\n", StandardOpenOption.WRITE);
		await().untilAsserted(() -> assertThat(Fixture.openDescriptors()).isSubsetOf(before));
		assertThat(process.getInputStream().readAllBytes()).asString().isEqualTo("first\nlater\n");
	}

	@Test
	void whatIsLeftInThePipeCanBeReadAfterTheEnd() throws Exception {
		this.launcher.awaitReady();
		Set<String> before = Fixture.openDescriptors();
		ManagedProcess process = this.launcher.command("echo", "late").start();
		assertThat(process.waitFor()).isZero();
		process.result().join();
		// nobody has closed anything, and nothing is open
		Set<String> after = Fixture.openDescriptors();
		after.removeAll(before);
		assertThat(after.size()).isLessThanOrEqualTo(0);
		assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("late\n");
	}

	@Test
	void closeByAnotherThreadEndsARead() {
		ManagedProcess process = this.launcher.command("sleep", "100").start();
		InputStream output = process.getInputStream();
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread reader = new Thread(() -> {
			try {
				output.read();
				failure.complete(new AssertionError("the read returned"));
			}
			catch (IOException ex) {
				failure.complete(ex);
			}
		});
		reader.start();
		await().until(() -> reader.getState() == Thread.State.WAITING);
		try {
			output.close();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		assertThat(failure.join()).isInstanceOf(IOException.class).hasMessage("Stream closed");
		process.close();
	}

	@Test
	void successCanBeAwaitedAfterTheOutputHasBeenRead() {
		assertThatExceptionOfType(ProcessExitException.class)
			.isThrownBy(() -> this.launcher.command("sh", "-c", "echo half; exit 4").exchange((process) -> {
				assertThat(process.getInputStream().readAllBytes()).hasSize(5);
				return process.awaitSuccess();
			}))
			.satisfies((ex) -> assertThat(ex.result().status()).isEqualTo(new ExitStatus.Exited(4)));
	}

	@Test
	void conversation() throws IOException {
		try (ManagedProcess process = this.launcher.command("cat").pipeInput().start()) {
			OutputStream input = process.getOutputStream();
			byte[] answer = new byte[6];
			for (int i = 0; i < 100; i++) {
				input.write("hello\n".getBytes(StandardCharsets.US_ASCII));
				input.flush();
				assertThat(process.getInputStream().readNBytes(answer, 0, 6)).isEqualTo(6);
			}
			input.close();
			assertThat(process.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void writingToAProcessThatHasEndedFails() throws Exception {
		try (ManagedProcess process = this.launcher.command("true").pipeInput().start()) {
			process.waitFor();
			assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> process.getOutputStream().write(new byte[1_000_000]));
		}
	}

	@Test
	void aPipeThatWasFullHoldsMoreFromThenOn() throws Exception {
		Writer writer = Writer.in(this.directory);
		try (ManagedProcess process = this.launcher.command(Fixture.program("count_writes"), writer.endless())
			.start()) {
			assertThat(writer.awaitBlocked()).isLessThanOrEqualTo(DEFAULT_PIPE);
			process.getInputStream().readNBytes(DEFAULT_PIPE);
			// no more than was read, and what a larger pipe holds
			assertThat(writer.awaitBlocked()).isBetween(DEFAULT_PIPE + 1L, 5L * DEFAULT_PIPE);
		}
	}

	@Test
	void availableTellsWhatCanBeReadWithoutWaiting() throws Exception {
		try (ManagedProcess process = this.launcher.command("cat").pipeInput().start()) {
			assertThat(process.getInputStream().available()).isZero();
			process.getOutputStream().write(new byte[1000]);
			await().until(() -> process.getInputStream().available() == 1000);
			assertThat(process.getInputStream().readNBytes(1000)).hasSize(1000);
			assertThat(process.getInputStream().available()).isZero();
			process.getOutputStream().close();
			assertThat(process.getInputStream().transferTo(OutputStream.nullOutputStream())).isZero();
		}
	}

	@Test
	void closeByAnotherThreadEndsAWrite() throws Exception {
		try (ManagedProcess process = this.launcher.command("sleep", "100").pipeInput().start()) {
			OutputStream input = process.getOutputStream();
			CompletableFuture<Throwable> failure = new CompletableFuture<>();
			Thread writer = new Thread(() -> {
				try {
					input.write(new byte[10_000_000]);
					failure.complete(new AssertionError("the write returned"));
				}
				catch (IOException ex) {
					failure.complete(ex);
				}
			});
			writer.start();
			await().until(() -> writer.getState() == Thread.State.WAITING);
			input.close();
			assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class).hasMessage("Stream closed");
		}
	}

}
