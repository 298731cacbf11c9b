// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.event.ProcessRejected;
import io.github.subprocess.event.ProcessStarted;
import io.github.subprocess.policy.ConcurrencyPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Limits on how many processes live at once.
 */
@Timeout(120)
class ConcurrencyTests {

	private final List<ProcessRejected> rejections = new CopyOnWriteArrayList<>();

	private final AtomicInteger mostLive = new AtomicInteger();

	@Test
	void limitOfTheLauncherHoldsUnderManyThreads() throws Exception {
		try (ProcessLauncher launcher = launcher().concurrency(ConcurrencyPolicy.atMost(4)).build()) {
			runInThreads(launcher, Executors.newFixedThreadPool(50), 300);
			assertThat(launcher.processes().started()).isEqualTo(300);
		}
		assertThat(this.mostLive).hasValueBetween(2, 4);
		assertThat(this.rejections).isEmpty();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void limitHoldsUnderVirtualThreads() throws Exception {
		Method factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
		try (ProcessLauncher launcher = launcher().policy("p", limit(ConcurrencyPolicy.atMost(4))).build()) {
			runInThreads(launcher, (ExecutorService) factory.invoke(null), 200);
			assertThat(launcher.processes().started()).isEqualTo(200);
		}
		assertThat(this.mostLive).hasValueBetween(2, 4);
	}

	private static void runInThreads(ProcessLauncher launcher, ExecutorService callers, int count) throws Exception {
		boolean policy = launcher.policies().containsKey("p");
		try {
			List<Future<ProcessResult>> results = IntStream.range(0, count).mapToObj((i) -> callers.submit(() -> {
				ProcessLauncher.CommandSpec command = launcher.command("true");
				return (policy ? command.policy("p") : command).run();
			})).toList();
			for (Future<ProcessResult> result : results) {
				assertThat(result.get(60, TimeUnit.SECONDS).isSuccess()).isTrue();
			}
		}
		finally {
			callers.shutdown();
		}
	}

	@Test
	void limitOfTheDefaultsHoldsForEachPolicyByItself() {
		try (ProcessLauncher launcher = launcher().defaultPolicy(limit(noQueue(1)))
			.policy("p", ProcessPolicy.undecided())
			.policy("wide", limit(ConcurrencyPolicy.atMost(2)))
			.build()) {
			hold(launcher, "p");
			hold(launcher, "wide");
			hold(launcher, "wide");
			launcher.command("cat").pipeInput().start();
			assertThat(Map.of("p", launcher.processes().limit("p"), "wide", launcher.processes().limit("wide"), "none",
					launcher.processes().limit("none")))
				.isEqualTo(Map.of("p", 1, "wide", 2, "none", 1));
			assertThatExceptionOfType(ProcessRejectedException.class).isThrownBy(() -> hold(launcher, "wide"))
				.withMessageContaining("the limit of policy 'wide' is 2, and its queue of 0 is full");
			assertThatExceptionOfType(ProcessRejectedException.class).isThrownBy(launcher.command("cat")::start)
				.withMessageContaining("policy 'none'");
		}
	}

	@Test
	void placesAreGivenInTheOrderOfArrival() {
		List<Integer> order = new CopyOnWriteArrayList<>();
		try (ProcessLauncher launcher = launcher().policy("p", limit(ConcurrencyPolicy.atMost(1))).build()) {
			ManagedProcess holder = hold(launcher, "p");
			List<CompletableFuture<Void>> waiting = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				int number = i;
				waiting.add(inThread(() -> {
					try (ManagedProcess process = hold(launcher, "p")) {
						order.add(number);
					}
				}));
				await().until(() -> launcher.processes().waiting("p") == number + 1);
			}
			holder.close();
			waiting.forEach(CompletableFuture::join);
		}
		assertThat(order).isEqualTo(IntStream.range(0, 20).boxed().toList());
	}

	@Test
	void fullQueueRejectsAtOnceAndNamesTheLimit() {
		try (ProcessLauncher launcher = launcher().concurrency(ConcurrencyPolicy.atMost(1).withQueue(1)).build()) {
			ManagedProcess holder = launcher.command("cat").pipeInput().start();
			CompletableFuture<Void> waiting = inThread(launcher.command("true")::run);
			await().until(() -> launcher.processes().waiting("none") == 1);
			assertThatExceptionOfType(ProcessRejectedException.class).isThrownBy(launcher.command("true")::run)
				.withMessage("Not launched under policy 'none': the limit of the launcher is 1, "
						+ "and its queue of 1 is full")
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(RejectionReason.QUEUE_FULL));
			holder.close();
			waiting.join();
			assertThat(launcher.processes().rejected()).isOne();
		}
		assertThat(this.rejections).singleElement().satisfies((event) -> {
			assertThat(event.policy()).isEqualTo("none");
			assertThat(event.program()).isEqualTo("true");
			assertThat(event.reason()).isEqualTo(RejectionReason.QUEUE_FULL);
		});
	}

	@Test
	void whoWaitsTooLongIsRejected() {
		ConcurrencyPolicy impatient = ConcurrencyPolicy.atMost(1).withMaxWait(Duration.ofMillis(50));
		try (ProcessLauncher launcher = launcher().policy("p", limit(impatient)).build()) {
			ManagedProcess holder = hold(launcher, "p");
			assertThatExceptionOfType(ProcessRejectedException.class).isThrownBy(() -> hold(launcher, "p"))
				.withMessageContaining("the limit of policy 'p' is 1, and no place came free within PT0.05S")
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(RejectionReason.MAX_WAIT));
			assertThat(this.rejections).singleElement()
				.satisfies((event) -> assertThat(event.waited()).isGreaterThanOrEqualTo(Duration.ofMillis(50)));
			assertThat(launcher.processes().waiting("p")).isZero();
			holder.close();
			hold(launcher, "p").close();
		}
	}

	@Test
	void interruptLeavesTheQueueAndIsKept() throws Exception {
		try (ProcessLauncher launcher = launcher().policy("p", limit(ConcurrencyPolicy.atMost(1))).build()) {
			ManagedProcess holder = hold(launcher, "p");
			CompletableFuture<Boolean> flag = new CompletableFuture<>();
			Thread waiting = new Thread(() -> {
				try {
					hold(launcher, "p");
				}
				catch (ProcessInterruptedException ex) {
					flag.complete(Thread.currentThread().isInterrupted());
				}
			});
			waiting.start();
			await().until(() -> launcher.processes().waiting("p") == 1);
			waiting.interrupt();
			assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
			assertThat(launcher.processes().waiting("p")).isZero();
			holder.close();
			hold(launcher, "p").close();
			assertThat(launcher.processes().started()).isEqualTo(2);
		}
	}

	@Test
	void stopRejectsThoseWhoWait() {
		try (ProcessLauncher launcher = launcher().policy("p", limit(ConcurrencyPolicy.atMost(1))).build()) {
			hold(launcher, "p");
			CompletableFuture<Void> waiting = inThread(() -> hold(launcher, "p"));
			await().until(() -> launcher.processes().waiting("p") == 1);
			launcher.stop();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
				.withCauseInstanceOf(ProcessRejectedException.class)
				.withMessageContaining("stopped");
			assertThatExceptionOfType(ProcessRejectedException.class).isThrownBy(() -> hold(launcher, "p"));
			launcher.resume();
			hold(launcher, "p").close();
			assertThat(launcher.processes().started()).isEqualTo(2);
		}
		assertThat(this.rejections).extracting(ProcessRejected::reason)
			.containsExactly(RejectionReason.STOPPED, RejectionReason.STOPPED);
	}

	@Test
	void placesAreNeitherLostNorGivenTwice() throws Exception {
		ExecutorService callers = Executors.newFixedThreadPool(8);
		try (ProcessLauncher launcher = launcher().concurrency(ConcurrencyPolicy.atMost(3))
			.policy("p", limit(noQueue(2).withQueue(1000)))
			.build()) {
			List<Future<Boolean>> outcomes = IntStream.range(0, 10_000)
				.mapToObj((i) -> callers.submit(() -> launchSomehow(launcher, i)))
				.toList();
			int started = 0;
			for (Future<Boolean> outcome : outcomes) {
				started += outcome.get(100, TimeUnit.SECONDS) ? 1 : 0;
			}
			assertThat(started).isEqualTo(2_000);
			assertThat(this.mostLive).hasValueBetween(2, 3);
			// all places are there, and no more than these
			hold(launcher, "p");
			hold(launcher, "p");
			launcher.command("cat").pipeInput().start();
			CompletableFuture<Void> tooMany = inThread(launcher.command("true")::run);
			await().until(() -> launcher.processes().waiting("none") == 1);
			launcher.stop();
			assertThat(tooMany).failsWithin(Duration.ofSeconds(30));
		}
		finally {
			callers.shutdown();
		}
		assertThat(Fixture.zombies()).isEmpty();
	}

	/**
	 * One in five is born; the others fail at different points.
	 */
	private static boolean launchSomehow(ProcessLauncher launcher, int number) {
		ProcessLauncher.CommandSpec command = switch (number % 5) {
			case 0 -> launcher.command("true");
			case 1 -> launcher.command("/no/such/program");
			case 2 -> launcher.command("true").workingDirectory(Path.of("/no/such/directory"));
			case 3 -> launcher.command("true").input(Path.of("/no/such/file"));
			default -> launcher.command("true").output(OutputTarget.file(Path.of("/no/such/directory/file")));
		};
		try {
			return ((number % 2 == 0) ? command : command.policy("p")).run().isSuccess();
		}
		catch (ProcessStartException ex) {
			return false;
		}
	}

	@Test
	void oneLaunchCannotChangeALimit() {
		try (ProcessLauncher launcher = launcher().build()) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> launcher.command("true").overrides(limit(ConcurrencyPolicy.atMost(9))))
				.withMessageContaining("concurrency cannot be overridden");
			launcher.command("true").overrides(limit(ConcurrencyPolicy.undecided())).run();
		}
	}

	private ProcessLauncher.Builder launcher() {
		return Fixture.launcher().listener(new ProcessListener() {

			@Override
			public void onStarted(ProcessStarted event) {
				// as the kernel lists them, those not reaped among them
				ConcurrencyTests.this.mostLive.accumulateAndGet(children(), Math::max);
			}

			@Override
			public void onRejected(ProcessRejected event) {
				ConcurrencyTests.this.rejections.add(event);
			}

		});
	}

	private static int children() {
		return (int) ProcessHandle.current().children().count();
	}

	private static ProcessPolicy limit(ConcurrencyPolicy concurrency) {
		return ProcessPolicy.undecided().withConcurrency(concurrency);
	}

	private static ConcurrencyPolicy noQueue(int limit) {
		return ConcurrencyPolicy.atMost(limit).withQueue(0);
	}

	private static ManagedProcess hold(ProcessLauncher launcher, String policy) {
		return launcher.command("cat").policy(policy).pipeInput().start();
	}

	private static CompletableFuture<Void> inThread(Runnable task) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		new Thread(() -> {
			try {
				task.run();
				done.complete(null);
			}
			catch (RuntimeException ex) {
				done.completeExceptionally(ex);
			}
		}).start();
		return done;
	}

}
