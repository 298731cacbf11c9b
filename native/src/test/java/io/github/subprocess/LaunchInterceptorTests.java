// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.github.subprocess.event.LaunchFollower;
import io.github.subprocess.event.LaunchInterceptor;
import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessStarted;
import io.github.subprocess.policy.ConcurrencyPolicy;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.GuardPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Who is sent along with a launch goes with it to the end, and cannot do harm.
 */
@Timeout(60)
class LaunchInterceptorTests {

	private final List<String> facts = new CopyOnWriteArrayList<>();

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	@Test
	void followerGoesWithItsLaunchToTheEnd() {
		List<Thread> threads = new CopyOnWriteArrayList<>();
		try (ProcessLauncher launcher = ProcessLauncher.builder()
			.policy("p", ProcessPolicy.undecided())
			.interceptor((request) -> {
				threads.add(Thread.currentThread());
				this.facts.add("asked for " + request.policyName() + " " + request.program());
				assertThat(request.policy().session()).isNotNull();
				return recorder(request.program());
			})
			.build()) {
			ProcessResult result = launcher.command("/bin/sh", "-c", "exit 3")
				.policy("p")
				.successExitCodes(Set.of(3))
				.run();
			await().until(() -> this.facts.size() == 3);
			assertThat(this.facts).containsExactly("asked for p /bin/sh", "/bin/sh started " + result.id(),
					"/bin/sh ended exit code 3");
			assertThat(threads).containsExactly(Thread.currentThread());
		}
	}

	@Test
	void variablesReachTheChildUnlessItsPolicyDecidesOnThem() {
		ProcessPolicy policy = ProcessPolicy.undecided()
			.withEnvironment(new EnvironmentPolicy(null, Map.of("SET", "policy"), List.of("UNSET")));
		try (ProcessLauncher launcher = ProcessLauncher.builder()
			.policy("p", policy)
			.interceptor((request) -> giving(Map.of("FIRST", "1", "SET", "follower", "UNSET", "follower")))
			.interceptor((request) -> giving(Map.of("FIRST", "2", "SECOND", "2", "HOME", "/follower")))
			.build()) {
			assertThat(launcher.command("/bin/sh", "-c", "echo $FIRST $SECOND $SET [$UNSET] $HOME")
				.policy("p")
				.run()
				.outputText()).isEqualTo("1 2 policy [] /follower\n");
		}
	}

	@Test
	void whatAFollowerOrAnInterceptorThrowsHarmsNobody() {
		LaunchInterceptor bad = (request) -> {
			throw new IllegalStateException("bad interceptor");
		};
		LaunchFollower worse = new LaunchFollower() {

			@Override
			public Map<String, String> variables() {
				return Map.of("NOT=A NAME", "x", "A", "x");
			}

			@Override
			public void onStarted(ProcessStarted event) {
				throw new IllegalStateException("bad follower");
			}

			@Override
			public void onEnded(ProcessEnded event) {
				throw new IllegalStateException("bad follower");
			}

		};
		try (ProcessLauncher launcher = ProcessLauncher.builder()
			.interceptor(bad)
			.interceptor((request) -> worse)
			.interceptor((request) -> null)
			.interceptor((request) -> recorder("good"))
			.build()) {
			assertThat(launcher.command("/bin/sh", "-c", "echo [$A]").run().outputText()).isEqualTo("[]\n");
			await().until(() -> this.facts.size() == 2);
			assertThat(this.facts.get(1)).isEqualTo("good ended exit code 0");
		}
	}

	@Test
	void followerIsToldOnceWhyThereIsNoProcess() {
		ProcessPolicy narrow = ProcessPolicy.undecided().withConcurrency(ConcurrencyPolicy.atMost(1).withQueue(0));
		ProcessPolicy guarded = ProcessPolicy.undecided()
			.withGuard(new GuardPolicy(List.of(Path.of("/opt")), null, null, null, null, null));
		try (ProcessLauncher launcher = ProcessLauncher.builder()
			.policy("narrow", narrow)
			.policy("guarded", guarded)
			.interceptor((request) -> recorder(request.program()))
			.build()) {
			assertFailure(ProcessStartException.class, () -> launcher.command("/no/such").run());
			assertFailure(LaunchRefusedException.class, () -> launcher.command("true").policy("guarded").run());
			assertFailure(IllegalArgumentException.class,
					() -> launcher.command("true")
						.overrides(ProcessPolicy.undecided()
							.withDeadlines(DeadlinesPolicy.undecided().withIdle(Duration.ofSeconds(1))))
						.output(OutputTarget.discard())
						.error(OutputTarget.discard())
						.run());
			try (ManagedProcess process = launcher.command("sleep", "1000").policy("narrow").start()) {
				assertThat(process.isAlive()).isTrue();
				assertFailure(ProcessRejectedException.class, () -> launcher.command("true").policy("narrow").run());
			}
		}
	}

	private void assertFailure(Class<? extends Throwable> type, Runnable launch) {
		this.failures.clear();
		Throwable thrown = catchThrowable(launch::run);
		assertThat(thrown).isInstanceOf(type);
		assertThat(this.failures).singleElement().isSameAs(thrown);
	}

	@Test
	void eachStageOfAPipelineHasAFollower() {
		try (ProcessLauncher launcher = ProcessLauncher.builder()
			.interceptor((request) -> recorder(request.program()))
			.build()) {
			launcher.pipeline(launcher.command("/bin/echo", "x"), launcher.command("/bin/cat")).run();
			await().until(() -> this.facts.size() == 4);
			assertThat(this.facts).contains("/bin/echo ended exit code 0", "/bin/cat ended exit code 0");
			this.facts.clear();
			catchThrowable(() -> launcher
				.pipeline(launcher.command("/bin/sleep", "1000"), launcher.command("/no/such"),
						launcher.command("/bin/cat"))
				.run());
			await().until(() -> this.facts.size() == 4);
			assertThat(this.facts).contains("/bin/sleep ended SIGTERM", "/no/such not started ProcessStartException",
					"/bin/cat not started ProcessStartException");
		}
	}

	@Test
	void linesAreLoggedInTheScopeOfTheFollower() {
		ThreadLocal<String> current = new ThreadLocal<>();
		LaunchFollower scoped = new LaunchFollower() {

			@Override
			public Scope openScope() {
				current.set("scope");
				return current::remove;
			}

		};
		List<String> lines = new CopyOnWriteArrayList<>();
		Handler handler = new Handler() {

			@Override
			public void publish(LogRecord record) {
				lines.add(current.get() + record.getMessage().replaceFirst("^\\[.*\\]", ""));
			}

			@Override
			public void flush() {
			}

			@Override
			public void close() {
			}

		};
		Logger logger = Logger.getLogger("subprocess.scoped");
		logger.addHandler(handler);
		try (ProcessLauncher launcher = ProcessLauncher.builder()
			.policy("scoped", ProcessPolicy.undecided())
			.interceptor((request) -> scoped)
			.build()) {
			launcher.command("/bin/sh", "-c", "echo one; printf two")
				.policy("scoped")
				.output(OutputTarget.log(System.Logger.Level.INFO))
				.run();
		}
		finally {
			logger.removeHandler(handler);
		}
		assertThat(lines).containsExactly("scope one", "scope two");
	}

	private LaunchFollower giving(Map<String, String> variables) {
		return new LaunchFollower() {

			@Override
			public Map<String, String> variables() {
				return variables;
			}

		};
	}

	private LaunchFollower recorder(String name) {
		return new LaunchFollower() {

			@Override
			public void onStarted(ProcessStarted event) {
				record("started " + event.process().id());
			}

			@Override
			public void onNotStarted(Throwable failure) {
				LaunchInterceptorTests.this.failures.add(failure);
				record("not started " + failure.getClass().getSimpleName());
			}

			@Override
			public void onEnded(ProcessEnded event) {
				record("ended " + event.result().status());
			}

			private void record(String fact) {
				LaunchInterceptorTests.this.facts.add(name + " " + fact);
			}

		};
	}

}
