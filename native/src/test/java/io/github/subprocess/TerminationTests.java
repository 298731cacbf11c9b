// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.policy.TerminationPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Processes are ended with their groups, in bounded time.
 */
@Timeout(60)
@Tag(Fixture.EVERY_MECHANISM)
class TerminationTests {

	private static final ProcessPolicy SHORT_GRACE = ProcessPolicy.undecided()
		.withTermination(new TerminationPolicy(ProcessSignal.TERM, Duration.ofMillis(300), null, null));

	private final ProcessLauncher launcher = Fixture.launcher().build();

	@AfterEach
	void nothingIsLeft() {
		this.launcher.close();
		assertThat(Fixture.zombies()).isEmpty();
	}

	@Test
	void closeEndsGrandchildrenToo() throws IOException {
		ManagedProcess tree = this.launcher.command(Fixture.program("fork_tree"), "3").start();
		List<Long> grandchildren = pidsUntilReady(tree);
		assertThat(grandchildren).hasSize(3).allMatch(Fixture::isRunning);
		tree.close();
		assertThat(grandchildren).noneMatch(Fixture::isRunning);
		assertThat(tree.result().join().status()).isEqualTo(new ExitStatus.Signalled(15, false));
		assertThat(tree.result().join().outcome()).isEqualTo(ProcessOutcome.CANCELLED);
		assertThat(tree.result().join().forced()).isFalse();
	}

	@Test
	void whoIgnoresTheSignalIsKilledAfterTheGracePeriod() throws IOException {
		ManagedProcess stubborn = this.launcher.command(Fixture.program("ignore_sigterm"))
			.overrides(SHORT_GRACE)
			.start();
		awaitReady(stubborn);
		stubborn.close();
		ProcessResult result = stubborn.result().join();
		assertThat(result.status()).isEqualTo(new ExitStatus.Signalled(9, false));
		assertThat(result.forced()).isTrue();
		assertThat(result.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
	}

	@Test
	void grandchildThatIgnoresTheSignalIsKilledThoughItsParentHasEnded() throws IOException {
		ManagedProcess tree = this.launcher
			.command("sh", "-c",
					"(trap '' TERM; echo $(exec sh -c 'echo $PPID'); echo ready; exec sleep 100) & "
							+ "trap 'exit 0' TERM; wait")
			.overrides(SHORT_GRACE)
			.start();
		List<Long> grandchildren = pidsUntilReady(tree);
		assertThat(grandchildren).hasSize(1).allMatch(Fixture::isRunning);
		tree.close();
		assertThat(grandchildren).noneMatch(Fixture::isRunning);
		assertThat(tree.result().join().forced()).isTrue();
	}

	@Test
	void stoppedProcessIsEndedByTheSignalNotByTheKill() throws IOException {
		ManagedProcess process = this.launcher.command("sh", "-c", "echo ready; kill -STOP $$; sleep 100").start();
		awaitReady(process);
		await().until(() -> stateOf(process.pid()).equals("T"));
		assertThat(process.isAlive()).isTrue();
		process.close();
		assertThat(process.result().join().status()).isEqualTo(new ExitStatus.Signalled(15, false));
	}

	private static String stateOf(long pid) throws IOException {
		String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
		return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
	}

	@Test
	void timeoutEndsTheGroup() {
		assertThatExceptionOfType(ProcessTimeoutException.class)
			.isThrownBy(() -> this.launcher.command("sh", "-c", "echo partial; sleep 100; true")
				.timeout(Duration.ofMillis(300))
				.run())
			.satisfies((ex) -> {
				assertThat(ex.timeout()).isEqualTo(Duration.ofMillis(300));
				assertThat(ex.result().outcome()).isEqualTo(ProcessOutcome.TIMEOUT);
				assertThat(ex.result().outputText()).isEqualTo("partial\n");
				assertThat(ex.result().output().complete()).isTrue();
			});
	}

	@Test
	void withoutAGroupOfItsOwnOnlyTheProcessIsEnded() throws IOException {
		ManagedProcess tree = this.launcher.command(Fixture.program("fork_tree"), "1")
			.overrides(ProcessPolicy.undecided().withSession(SessionMode.INHERIT))
			.start();
		List<Long> grandchildren = pidsUntilReady(tree);
		tree.close();
		assertThat(grandchildren).allMatch(Fixture::isRunning);
		grandchildren.forEach((pid) -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
	}

	@Test
	void grandchildThatHoldsThePipeDoesNotHoldUs() {
		ProcessResult result = this.launcher.command(Fixture.program("hold_pipe"))
			.overrides(ProcessPolicy.undecided()
				.withDeadlines(DeadlinesPolicy.undecided().withDrain(Duration.ofMillis(200))))
			.run();
		assertThat(result.isSuccess()).isTrue();
		assertThat(result.output().complete()).isFalse();
	}

	@Test
	void interruptEndsTheProcessAndIsKept() throws Exception {
		AtomicReference<Object> outcome = new AtomicReference<>();
		CountDownLatch done = new CountDownLatch(1);
		Thread waiter = new Thread(() -> {
			try {
				this.launcher.command("sleep", "100").run();
			}
			catch (ProcessInterruptedException ex) {
				outcome.set(Thread.currentThread().isInterrupted());
			}
			done.countDown();
		});
		waiter.start();
		await().until(() -> this.launcher.processes().live().size() == 1);
		waiter.interrupt();
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(outcome.get()).isEqualTo(true);
		await().until(() -> this.launcher.processes().live().isEmpty());
	}

	@Test
	void exchangeEndsWhatIsLeft() {
		long pid = this.launcher.command("sleep", "100").exchange(ManagedProcess::pid);
		assertThat(Fixture.isRunning(pid)).isFalse();
	}

	@Test
	void stopEndsAllAndSaysHow() throws IOException {
		List<ManagedProcess> processes = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			processes.add(this.launcher.command("sleep", "100").start());
		}
		ManagedProcess stubborn = this.launcher.command(Fixture.program("ignore_sigterm"))
			.overrides(SHORT_GRACE)
			.start();
		awaitReady(stubborn);
		StopReport report = this.launcher.stop();
		assertThat(report.ended()).isEqualTo(5);
		assertThat(report.forced()).isEqualTo(1);
		assertThat(report.isClean()).isTrue();
		assertThat(processes).noneMatch(Process::isAlive);
		assertThat(stubborn.snapshot().terminationReason()).isEqualTo(TerminationReason.SHUTDOWN);
	}

	@Test
	void stoppedLauncherCanGoOnAClosedOneCannot() {
		this.launcher.stop();
		assertThatExceptionOfType(ProcessRejectedException.class).isThrownBy(() -> this.launcher.command("true").run());
		this.launcher.resume();
		assertThat(this.launcher.command("true").run().isSuccess()).isTrue();
		this.launcher.close();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this.launcher::resume);
	}

	@Test
	void signalReachesTheProcessAloneAndNotAfterItsEnd() {
		ManagedProcess process = this.launcher.command("sleep", "100").start();
		assertThat(process.signal(ProcessSignal.USR1)).isTrue();
		assertThat(process.result().join().status()).isEqualTo(new ExitStatus.Signalled(10, false));
		assertThat(process.result().join().outcome()).isEqualTo(ProcessOutcome.SIGNALLED);
		assertThat(process.signal(ProcessSignal.USR1)).isFalse();
	}

	@Test
	void behavesAsAProcess() throws Exception {
		ManagedProcess process = this.launcher.command("sh", "-c", "read line; exit 7").pipeInput().start();
		assertThat(process.isAlive()).isTrue();
		assertThat(process.waitFor(1, TimeUnit.MILLISECONDS)).isFalse();
		assertThatExceptionOfType(IllegalThreadStateException.class).isThrownBy(process::exitValue);
		assertThat(process.toHandle().pid()).isEqualTo(process.pid());
		assertThat(process.supportsNormalTermination()).isTrue();
		CompletableFuture<Process> exit = process.onExit();
		process.getOutputStream().write('\n');
		process.getOutputStream().flush();
		assertThat(process.waitFor()).isEqualTo(7);
		assertThat(process.exitValue()).isEqualTo(7);
		assertThat(exit.get(10, TimeUnit.SECONDS)).isSameAs(process);
		assertThat(process.destroyForcibly()).isSameAs(process);
		process.close();
	}

	private static void awaitReady(ManagedProcess process) throws IOException {
		pidsUntilReady(process);
	}

	private static List<Long> pidsUntilReady(ManagedProcess process) throws IOException {
		List<Long> pids = new ArrayList<>();
		BufferedReader reader = process.inputReader();
		String line = reader.readLine();
		while (line != null && !line.equals("ready")) {
			pids.add(Long.valueOf(line.strip()));
			line = reader.readLine();
		}
		assertThat(line).isEqualTo("ready");
		return pids;
	}

}
