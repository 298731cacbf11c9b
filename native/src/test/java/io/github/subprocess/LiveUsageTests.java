// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What all live processes take together, seen at once.
 */
@Timeout(60)
class LiveUsageTests {

	private final ProcessLauncher launcher = ProcessLauncher.create();

	@AfterEach
	void close() {
		this.launcher.close();
	}

	private List<LiveProcessUsage> usage() {
		return this.launcher.processes().usage();
	}

	private LiveProcessUsage usage(ManagedProcess process) {
		return usage().stream().filter((usage) -> usage.snapshot().id().equals(process.id())).findFirst().orElseThrow();
	}

	private ManagedProcess start(String script, OutputTarget output) {
		return this.launcher.command("sh", "-c", script).output(output).error(OutputTarget.discard()).start();
	}

	@Test
	void nobodyTakesNothing() {
		assertThat(usage()).isEmpty();
	}

	@Test
	void descendantsAreCountedWithTheProcessThatTheyComeFrom() {
		try (ManagedProcess many = start("sleep 600 & sleep 601 & (sleep 602 & wait) & wait", OutputTarget.discard());
				ManagedProcess one = start("exec sleep 600", OutputTarget.discard())) {
			await().until(() -> usage(many).processes() == 5);
			assertThat(usage(one).processes()).isEqualTo(1);
			assertThat(usage(one).residentBytes()).isPositive();
			assertThat(usage(many).residentBytes()).isGreaterThan(usage(one).residentBytes());
			assertThat(usage()).extracting((usage) -> usage.snapshot().id()).containsExactly(many.id(), one.id());
		}
		assertThat(usage()).isEmpty();
	}

	@Test
	void memoryOfDescendantsCounts() {
		try (ManagedProcess process = start("(head -c 50000000 /dev/zero; exec sleep 600) | tail -c 50000000",
				OutputTarget.discard())) {
			await().atMost(Duration.ofSeconds(30)).until(() -> usage(process).residentBytes() > 50_000_000);
		}
	}

	@Test
	void silenceGrowsUntilSomethingIsWritten() throws IOException {
		try (ManagedProcess process = this.launcher.command("sh", "-c", "read line; echo \"$line\"; exec sleep 600")
			.pipeInput()
			.output(OutputTarget.capture())
			.start()) {
			await().until(() -> usage(process).silence().compareTo(Duration.ofSeconds(1)) > 0);
			Duration before = usage(process).silence();
			process.outputWriter().append("awake\n").flush();
			await().until(() -> usage(process).silence().compareTo(before) < 0);
		}
	}

	@Test
	void whomNobodyReadsIsNotSilent() {
		try (ManagedProcess process = start("exec sleep 600", OutputTarget.discard())) {
			assertThat(usage(process).silence()).isNull();
		}
	}

	@Test
	void whatIsWatchedByItsCallerIsSeenToo() {
		CompletableFuture<ProcessResult> caller = CompletableFuture
			.supplyAsync(() -> this.launcher.command("sh", "-c", "exec sleep 600").run());
		await().until(() -> usage().size() == 1 && usage().get(0).silence() != null);
		assertThat(usage().get(0).processes()).isEqualTo(1);
		this.launcher.processes().kill(usage().get(0).snapshot().id(), TerminationReason.OPERATOR);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(caller::join)
			.withCauseInstanceOf(ProcessExitException.class);
	}

}
