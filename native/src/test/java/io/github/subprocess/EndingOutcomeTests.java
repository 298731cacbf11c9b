// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.subprocess.policy.ConcurrencyPolicy;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.OnInterrupt;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.TerminationPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What comes of it when an end meets something else: the table of {@code docs/ending.md}.
 */
@Timeout(60)
class EndingOutcomeTests {

	private static final ProcessPolicy SHORT_GRACE = ProcessPolicy.undecided()
		.withTermination(TerminationPolicy.undecided().withGracePeriod(Duration.ofMillis(300)));

	private static final ProcessPolicy LEAVE = ProcessPolicy.undecided()
		.withTermination(TerminationPolicy.undecided().withOnInterrupt(OnInterrupt.LEAVE));

	private final ProcessLauncher launcher = Fixture.launcher()
		.policy("single", ProcessPolicy.undecided().withConcurrency(ConcurrencyPolicy.atMost(1)))
		.build();

	@AfterEach
	void nothingIsLeft() {
		this.launcher.close();
		assertThat(Fixture.zombies()).isEmpty();
	}

	private ProcessLauncher.CommandSpec sleep() {
		return this.launcher.command("sleep", "100");
	}

	private ManagedProcess stubborn() {
		ManagedProcess process = this.launcher.command(Fixture.program("ignore_sigterm"))
			.overrides(SHORT_GRACE)
			.start();
		ReadyProcess.await(process);
		return process;
	}

	private ProcessSnapshot onlyLive() {
		return this.launcher.processes().live().get(0);
	}

	private void awaitLive(ProcessSnapshot.State state) {
		await().until(() -> this.launcher.processes().live().stream().anyMatch((process) -> process.state() == state));
	}

	private static Waiting inThread(Runnable action) {
		AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
		CompletableFuture<Void> end = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				action.run();
				end.complete(null);
			}
			catch (RuntimeException | Error ex) {
				interrupted.set(Thread.currentThread().isInterrupted());
				end.completeExceptionally(ex);
			}
		});
		thread.start();
		return new Waiting(thread, end, interrupted);
	}

	@Test
	void interruptInRunEndsIt() {
		Waiting waiting = inThread(() -> sleep().run());
		awaitLive(ProcessSnapshot.State.RUNNING);
		String id = onlyLive().id();
		waiting.thread().interrupt();
		ProcessInterruptedException failure = waiting.failure(ProcessInterruptedException.class);
		assertThat(failure.id()).isEqualTo(id);
		assertThat(failure.isLeft()).isFalse();
		assertThat(waiting.interrupted()).hasValue(true);
		await().until(() -> this.launcher.processes().live().isEmpty());
		assertThat(this.launcher.processes().find(id).orElseThrow().terminationReason())
			.isEqualTo(TerminationReason.CANCEL);
	}

	@Test
	void interruptInRunLeavesItWhenThePolicySaysSo() {
		Waiting waiting = inThread(() -> this.launcher.command("sh", "-c", "read line; echo $line; exit 3")
			.pipeInput()
			.overrides(LEAVE)
			.run());
		awaitLive(ProcessSnapshot.State.RUNNING);
		waiting.thread().interrupt();
		ProcessInterruptedException failure = waiting.failure(ProcessInterruptedException.class);
		assertThat(failure.isLeft()).isTrue();
		assertThat(waiting.interrupted()).hasValue(true);
		ProcessSnapshot left = this.launcher.processes().find(String.valueOf(failure.id())).orElseThrow();
		assertThat(left.state()).isEqualTo(ProcessSnapshot.State.RUNNING);
		assertThat(Fixture.isRunning(left.pid())).isTrue();
		assertThat(this.launcher.processes().terminate(left.id(), TerminationReason.OPERATOR)).isTrue();
		await().until(() -> this.launcher.processes().live().isEmpty());
		assertThat(this.launcher.processes().find(left.id()).orElseThrow().result()).isNotNull()
			.extracting(ProcessResult::outcome)
			.isEqualTo(ProcessOutcome.CANCELLED);
	}

	@Test
	void interruptedWaiterOfAStartedProcessLeavesItToo() {
		ManagedProcess process = sleep().overrides(LEAVE).start();
		Waiting waiting = inThread(process::awaitSuccess);
		waiting.thread().interrupt();
		assertThat(waiting.failure(ProcessInterruptedException.class).isLeft()).isTrue();
		assertThat(process.isAlive()).isTrue();
	}

	@Test
	void interruptWhileALaunchWaitsLaunchesNothing() {
		try (ManagedProcess holder = sleep().policy("single").start()) {
			Waiting waiting = inThread(() -> sleep().policy("single").start());
			await().until(() -> this.launcher.processes().waiting("single") == 1);
			waiting.thread().interrupt();
			assertThat(waiting.failure(ProcessInterruptedException.class).id()).isNull();
			assertThat(waiting.interrupted()).hasValue(true);
			assertThat(this.launcher.processes().started()).isEqualTo(1);
			assertThat(holder.isAlive()).isTrue();
		}
	}

	@Test
	void closeWhileAnotherThreadRuns() {
		Waiting waiting = inThread(() -> sleep().run());
		awaitLive(ProcessSnapshot.State.RUNNING);
		this.launcher.close();
		ProcessResult result = waiting.failure(ProcessExitException.class).result();
		assertThat(result.terminationReason()).isEqualTo(TerminationReason.SHUTDOWN);
		assertThat(result.status()).isEqualTo(new ExitStatus.Signalled(15, false));
	}

	@Test
	void closeWhileAnotherThreadWaits() throws Exception {
		ManagedProcess process = sleep().start();
		CompletableFuture<Integer> value = CompletableFuture.supplyAsync(() -> {
			try {
				return process.waitFor();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		process.close();
		assertThat(value.get(30, TimeUnit.SECONDS)).isEqualTo(128 + 15);
	}

	@Test
	void closeTwice() {
		ManagedProcess process = sleep().start();
		process.close();
		ProcessResult result = process.result().join();
		process.close();
		assertThat(process.result().join()).isSameAs(result);
		this.launcher.close();
		this.launcher.close();
	}

	@Test
	void closeByManyAtOnce() {
		ManagedProcess process = stubborn();
		List<Waiting> closers = Stream.generate(() -> inThread(process::close)).limit(5).toList();
		closers.forEach((closer) -> closer.end().orTimeout(30, TimeUnit.SECONDS).join());
		assertThat(process.result().join().forced()).isTrue();
		List<Waiting> closersOfAll = Stream.generate(() -> inThread(this.launcher::close)).limit(5).toList();
		closersOfAll.forEach((closer) -> closer.end().orTimeout(30, TimeUnit.SECONDS).join());
	}

	@Test
	void killAfterTheEnd() {
		ManagedProcess process = this.launcher.command("true").start();
		ProcessResult result = process.result().join();
		assertThat(process.destroyForcibly()).isSameAs(process);
		process.close();
		assertThat(process.result().join()).isSameAs(result);
		assertThat(result.outcome()).isEqualTo(ProcessOutcome.SUCCESS);
		assertThat(result.forced()).isFalse();
	}

	@Test
	void destroyAfterTheEnd() {
		ManagedProcess process = this.launcher.command("true").start();
		ProcessResult result = process.result().join();
		process.destroy();
		process.terminate(TerminationReason.OPERATOR);
		process.close();
		assertThat(process.snapshot().terminationReason()).isNull();
		assertThat(process.result().join()).isSameAs(result);
		assertThat(this.launcher.processes().terminate(process.id(), TerminationReason.OPERATOR)).isFalse();
	}

	@Test
	void signalAfterTheEnd() {
		ManagedProcess process = this.launcher.command("true").start();
		process.result().join();
		assertThat(process.signal(ProcessSignal.KILL)).isFalse();
	}

	@Test
	void interruptWhileItCloses() throws Exception {
		ManagedProcess process = this.launcher.command(Fixture.program("ignore_sigterm"))
			.overrides(ProcessPolicy.undecided()
				.withTermination(TerminationPolicy.undecided().withGracePeriod(Duration.ofMinutes(5))))
			.start();
		ReadyProcess.await(process);
		AtomicReference<Boolean> kept = new AtomicReference<>();
		Waiting closing = inThread(() -> {
			this.launcher.close();
			kept.set(Thread.currentThread().isInterrupted());
		});
		awaitLive(ProcessSnapshot.State.TERMINATING);
		closing.thread().interrupt();
		closing.end().orTimeout(30, TimeUnit.SECONDS).join();
		assertThat(kept).hasValue(true);
		ProcessResult result = process.result().get(30, TimeUnit.SECONDS);
		assertThat(result.forced()).isTrue();
		assertThat(result.terminationReason()).isEqualTo(TerminationReason.SHUTDOWN);
		assertThat(this.launcher.processes().live()).isEmpty();
	}

	@Test
	void launchDuringTheStop() {
		stubborn();
		Waiting stopping = inThread(this.launcher::stop);
		awaitLive(ProcessSnapshot.State.TERMINATING);
		assertThatExceptionOfType(ProcessRejectedException.class).isThrownBy(() -> sleep().start());
		stopping.end().orTimeout(30, TimeUnit.SECONDS).join();
		assertThat(this.launcher.processes().live()).isEmpty();
	}

	@Test
	void launchAfterTheClose() {
		this.launcher.close();
		assertThatExceptionOfType(ProcessRejectedException.class).isThrownBy(() -> sleep().start());
		assertThatExceptionOfType(ProcessRejectedException.class).isThrownBy(() -> sleep().run());
		assertThatIllegalStateException().isThrownBy(this.launcher::resume);
	}

	@Test
	void stopTwice() {
		sleep().start();
		assertThat(this.launcher.stop()).isEqualTo(new StopReport(1, 0, List.of(), List.of()));
		assertThat(this.launcher.stop()).isEqualTo(new StopReport(0, 0, List.of(), List.of()));
	}

	@Test
	void stopWhileALaunchWaits() {
		sleep().policy("single").start();
		Waiting waiting = inThread(() -> sleep().policy("single").start());
		await().until(() -> this.launcher.processes().waiting("single") == 1);
		assertThat(this.launcher.stop().ended()).isEqualTo(1);
		assertThat(waiting.failure(ProcessRejectedException.class).reason()).isEqualTo(RejectionReason.STOPPED);
		assertThat(this.launcher.processes().started()).isEqualTo(1);
	}

	@Test
	void cancelledResultEndsNothing() {
		ManagedProcess process = sleep().start();
		CompletableFuture<ProcessResult> cancelled = process.result();
		assertThat(cancelled.cancel(true)).isTrue();
		assertThat(process.isAlive()).isTrue();
		process.close();
		assertThat(process.result().join().outcome()).isEqualTo(ProcessOutcome.CANCELLED);
	}

	@Test
	void deadlineThatPassesWhileItIsClosed() {
		ManagedProcess process = this.launcher.command(Fixture.program("ignore_sigterm"))
			.overrides(ProcessPolicy.undecided()
				.withTermination(TerminationPolicy.undecided().withGracePeriod(Duration.ofSeconds(4)))
				.withDeadlines(DeadlinesPolicy.undecided().withWall(Duration.ofSeconds(3))))
			.start();
		ReadyProcess.await(process);
		process.terminate(TerminationReason.OPERATOR);
		ProcessResult result = process.result().join();
		assertThat(result.duration()).isGreaterThanOrEqualTo(Duration.ofSeconds(4));
		assertThat(result.terminationReason()).isEqualTo(TerminationReason.OPERATOR);
		assertThat(result.outcome()).isEqualTo(ProcessOutcome.CANCELLED);
		assertThat(result.forced()).isTrue();
	}

	@Test
	void endWhileOutputIsDrained() {
		ManagedProcess process = this.launcher.command("sh", "-c", "echo out; sleep 60 & echo $! >&2; exit 3")
			.output(OutputTarget.capture())
			.error(OutputTarget.pipe())
			.overrides(ProcessPolicy.undecided()
				.withDeadlines(DeadlinesPolicy.undecided().withDrain(Duration.ofMinutes(5))))
			.start();
		long sleeper = Long.parseLong(process.errorReader().lines().findFirst().orElseThrow());
		await().until(() -> process.snapshot().state() == ProcessSnapshot.State.DRAINING);
		assertThat(Fixture.isRunning(sleeper)).isTrue();
		process.close();
		ProcessResult result = process.result().join();
		assertThat(result.status()).isEqualTo(new ExitStatus.Exited(3));
		assertThat(result.outcome()).isEqualTo(ProcessOutcome.FAILURE);
		assertThat(result.outputText()).isEqualTo("out\n");
		assertThat(result.output().complete()).isTrue();
		assertThat(result.treeEnd()).isEqualTo(new TreeEnd(1, List.of()));
		assertThat(Fixture.isRunning(sleeper)).isFalse();
	}

	@Test
	void whoHoldsTheOutputDoesNotHoldTheResult() {
		ProcessResult result = this.launcher.command("sh", "-c", "echo out; sleep 60 & echo $! >&2; exit 3")
			.successExitCodes(Set.of(3))
			.overrides(ProcessPolicy.undecided()
				.withDeadlines(DeadlinesPolicy.undecided().withDrain(Duration.ofMillis(200))))
			.run();
		assertThat(result.status()).isEqualTo(new ExitStatus.Exited(3));
		assertThat(result.outputText()).isEqualTo("out\n");
		assertThat(result.output().complete()).isFalse();
		ProcessHandle.of(Long.parseLong(result.errorText().strip())).ifPresent(ProcessHandle::destroyForcibly);
	}

	/**
	 * A thread that does something.
	 */
	private record Waiting(Thread thread, CompletableFuture<Void> end, AtomicReference<Boolean> interrupted) {

		<T extends Throwable> T failure(Class<T> type) {
			Throwable failure = this.end.handle((value, ex) -> ex).orTimeout(30, TimeUnit.SECONDS).join();
			assertThat(failure).isInstanceOf(type);
			return type.cast(failure);
		}

	}

}
