// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.event.ProcessRefused;
import io.github.subprocess.event.ProcessStartFailed;
import io.github.subprocess.event.ProcessStarted;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.CgroupPolicy;
import io.github.subprocess.policy.GuardPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Listeners are told in order, and cannot do harm.
 */
class ProcessListenerTests {

	@Test
	void listenersAreToldOfStartsFailuresAndEnds() {
		List<String> facts = new CopyOnWriteArrayList<>();
		ProcessListener recorder = new ProcessListener() {

			@Override
			public void onStarted(ProcessStarted event) {
				facts.add("started " + event.process().program());
			}

			@Override
			public void onStartFailed(ProcessStartFailed event) {
				facts.add("failed " + event.failure().step() + " " + event.failure().errnoName());
			}

			@Override
			public void onEnded(ProcessEnded event) {
				assertThat(Thread.currentThread().getName()).isNotEqualTo("subprocess-reactor");
				facts.add("ended " + event.result().status() + " " + event.result().outputText().strip());
			}

		};
		try (ProcessLauncher launcher = ProcessLauncher.builder().listener(recorder).build()) {
			launcher.command("/bin/echo", "hi").run();
			assertThatExceptionOfType(ProcessStartException.class).isThrownBy(() -> launcher.command("/no/such").run());
			await().until(() -> facts.size() == 3);
			assertThat(facts).containsExactlyInAnyOrder("started /bin/echo", "ended exit code 0 hi",
					"failed exec ENOENT");
			assertThat(facts.indexOf("started /bin/echo")).isLessThan(facts.indexOf("ended exit code 0 hi"));
		}
	}

	@Test
	void whoWaitsHearsOfTheEndBeforeItGoesOn() {
		List<Thread> tellers = new CopyOnWriteArrayList<>();
		try (ProcessLauncher launcher = ProcessLauncher.builder().listener(atEnd(tellers::add)).build()) {
			launcher.command("/bin/true").run();
			assertThat(tellers).containsExactly(Thread.currentThread());
		}
	}

	@Test
	void whoHearsOfAnEndMayRunAnotherProcess() {
		List<String> answers = new CopyOnWriteArrayList<>();
		AtomicReference<ProcessLauncher> launcher = new AtomicReference<>();
		ProcessListener nested = atEnd((thread) -> {
			if (answers.isEmpty()) {
				answers.add("first");
				answers.add(launcher.get().command("/bin/echo", "second").run().outputText().strip());
			}
		});
		try (ProcessLauncher built = ProcessLauncher.builder().listener(nested).build()) {
			launcher.set(built);
			built.command("/bin/true").run();
			assertThat(answers).containsExactly("first", "second");
		}
	}

	@Test
	void endsThatNobodyWaitsForAnyMoreAreToldByTheExecutor() {
		List<Thread> tellers = new CopyOnWriteArrayList<>();
		try (ProcessLauncher launcher = ProcessLauncher.builder().listener(atEnd(tellers::add)).build()) {
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(ProcessInterruptedException.class)
				.isThrownBy(() -> launcher.command("/bin/sleep", "60").run());
			assertThat(Thread.interrupted()).isTrue();
			await().until(() -> tellers.size() == 1);
			assertThat(tellers).doesNotContain(Thread.currentThread());
		}
	}

	private static ProcessListener atEnd(Consumer<Thread> action) {
		return new ProcessListener() {

			@Override
			public void onEnded(ProcessEnded event) {
				action.accept(Thread.currentThread());
			}

		};
	}

	@Test
	void listenersAreToldWhatAProcessWasStartedWithout() {
		List<SpawnWarning> warnings = new CopyOnWriteArrayList<>();
		ProcessListener recorder = new ProcessListener() {

			@Override
			public void onStarted(ProcessStarted event) {
				warnings.addAll(event.process().warnings());
			}

			@Override
			public void onEnded(ProcessEnded event) {
				warnings.addAll(event.process().warnings());
			}

		};
		ProcessPolicy cgroup = ProcessPolicy.undecided().withCgroup(CgroupPolicy.joining(Path.of("/no/such/cgroup")));
		try (ProcessLauncher launcher = ProcessLauncher.builder().listener(recorder).build()) {
			assertThatExceptionOfType(ProcessStartException.class)
				.isThrownBy(() -> launcher.command("true").overrides(cgroup).run())
				.satisfies((ex) -> assertThat(ex.step()).isEqualTo("cgroup"));
			launcher.command("true").overrides(cgroup.withBestEffort(Set.of(Attribute.CGROUP))).run();
			await().until(() -> warnings.size() == 2);
			assertThat(warnings).allSatisfy((warning) -> {
				assertThat(warning.step()).isEqualTo("cgroup");
				assertThat(warning.errnoName()).isEqualTo("ENOENT");
				assertThat(warning.subject()).isEqualTo("/no/such/cgroup");
			});
		}
	}

	@Test
	void listenersAreToldWhatAGuardRefuses() {
		List<ProcessRefused> refusals = new CopyOnWriteArrayList<>();
		ProcessListener recorder = new ProcessListener() {

			@Override
			public void onRefused(ProcessRefused event) {
				refusals.add(event);
			}

		};
		ProcessPolicy guarded = ProcessPolicy.undecided().withGuard(GuardPolicy.undecided().withMaxArguments(1));
		try (ProcessLauncher launcher = ProcessLauncher.builder().policy("p", guarded).listener(recorder).build()) {
			launcher.command("echo", "one").policy("p").run();
			assertThat(refusals).isEmpty();
			assertThatExceptionOfType(LaunchRefusedException.class)
				.isThrownBy(() -> launcher.command("echo", "one", "two").policy("p").run())
				.satisfies((thrown) -> assertThat(refusals).containsExactly(new ProcessRefused("p", "echo", thrown)));
		}
	}

	@Test
	void listenerThatThrowsHarmsNobody() {
		List<String> facts = new CopyOnWriteArrayList<>();
		ProcessListener bad = new ProcessListener() {

			@Override
			public void onStarted(ProcessStarted event) {
				throw new IllegalStateException("bad listener");
			}

			@Override
			public void onEnded(ProcessEnded event) {
				throw new IllegalStateException("bad listener");
			}

		};
		ProcessListener good = new ProcessListener() {

			@Override
			public void onEnded(ProcessEnded event) {
				facts.add(event.process().id());
			}

		};
		try (ProcessLauncher launcher = ProcessLauncher.builder().listener(bad).listener(good).build()) {
			ProcessResult result = launcher.command("true").run();
			await().until(() -> facts.contains(result.id()));
		}
	}

	@Test
	void endedProcessesAreRememberedWithoutWhatTheyWrote() {
		try (ProcessLauncher launcher = ProcessLauncher.builder().recentCapacity(2).build()) {
			launcher.command("echo", "1").run();
			ProcessResult second = launcher.command("echo", "2").run();
			ProcessResult third = launcher.command("echo", "3").run();
			await().untilAsserted(() -> assertThat(launcher.processes().recent()).extracting(ProcessSnapshot::id)
				.containsExactly(third.id(), second.id()));
			ProcessSnapshot last = launcher.processes().find(third.id()).orElseThrow();
			assertThat(last.state()).isEqualTo(ProcessSnapshot.State.ENDED);
			assertThat(last.result().output().bytes()).isEmpty();
			assertThat(last.result().output().totalBytes()).isEqualTo(2);
			assertThat(last.result().output().truncated()).isFalse();
		}
	}

}
