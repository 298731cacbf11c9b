// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.observation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessExitException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.ProcessTimeoutException;
import io.github.subprocess.boot.Polling;
import io.github.subprocess.policy.ConcurrencyPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link SubprocessObservations} on real processes.
 */
@Timeout(60)
class SubprocessObservationsTests {

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final List<SubprocessObservationContext> stopped = new CopyOnWriteArrayList<>();

	private final List<ProcessLauncher> launchers = new ArrayList<>();

	@BeforeEach
	void remember() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<SubprocessObservationContext>() {

			@Override
			public void onStop(SubprocessObservationContext context) {
				SubprocessObservationsTests.this.stopped.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof SubprocessObservationContext;
			}

		});
	}

	@AfterEach
	void close() {
		this.launchers.forEach(ProcessLauncher::close);
	}

	@Test
	void successIsToldWithPolicyProgramAndProcess() {
		long pid = launcher().command("/bin/true").policy("p").run().pid();
		SubprocessObservationContext context = stopped();
		assertThat(context.getName()).isEqualTo("subprocess.execution");
		assertThat(context.getContextualName()).isEqualTo("subprocess p");
		assertThat(context.getError()).isNull();
		assertThat(map(context.getLowCardinalityKeyValues())).containsExactly(Map.entry("outcome", "SUCCESS"),
				Map.entry("policy", "p"));
		assertThat(map(context.getHighCardinalityKeyValues())).containsExactly(
				Map.entry("process.executable.name", "true"), Map.entry("process.exit.code", "0"),
				Map.entry("process.pid", String.valueOf(pid)));
	}

	@Test
	void failuresAreErrorsWithTheirOutcome() {
		assertError(() -> launcher().command("/bin/sh", "-c", "echo secret >&2; exit 3").run(), "FAILURE",
				ProcessExitException.class);
		assertThat(String.valueOf(stopped().getError().getMessage())).doesNotContain("secret");
		assertThat(map(stopped().getHighCardinalityKeyValues())).containsEntry("process.exit.code", "3");
		assertError(() -> launcher().command("/bin/sh", "-c", "kill -9 $$").run(), "SIGNALLED",
				ProcessExitException.class);
		assertThat(map(stopped().getHighCardinalityKeyValues())).containsEntry("process.signal", "SIGKILL")
			.doesNotContainKey("process.exit.code");
		assertError(() -> launcher().command("/bin/sleep", "300").timeout(Duration.ofMillis(1)).run(), "TIMEOUT",
				ProcessTimeoutException.class);
	}

	@Test
	void launchesWithoutAProcessAreErrorsToo() {
		assertError(() -> launcher().command("/no/such").run(), "START_FAILED", ProcessStartException.class);
		assertThat(map(stopped().getHighCardinalityKeyValues())).containsOnlyKeys("process.executable.name");
		ProcessLauncher narrow = launcher();
		try (ManagedProcess process = narrow.command("/bin/sleep", "300").policy("narrow").start()) {
			assertThat(process.isAlive()).isTrue();
			assertError(() -> narrow.command("/bin/true").policy("narrow").run(), "REJECTED",
					ProcessRejectedException.class);
		}
	}

	@Test
	void whatTheApplicationEndsIsNoError() {
		launcher().command("/bin/sleep", "300").start().close();
		SubprocessObservationContext context = stopped();
		assertThat(map(context.getLowCardinalityKeyValues())).containsEntry("outcome", "CANCELLED");
		assertThat(context.getError()).isNull();
	}

	@Test
	void parentIsWhatTheCallingThreadDoes() {
		Observation parent = Observation.start("request", this.registry);
		try (Observation.Scope scope = parent.openScope()) {
			assertThat(scope.getCurrentObservation()).isSameAs(parent);
			launcher().command("/bin/true").run();
		}
		assertThat(stopped().getParentObservation()).isSameAs(parent);
		assertThat(this.registry.getCurrentObservation()).isNull();
	}

	@Test
	void timersHaveTheDocumentedTagsAlone() {
		this.registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(this.meters));
		launcher().command("/bin/true").run();
		catchThrowable(() -> launcher().command("/no/such").run());
		Polling.await(() -> this.stopped.size() == 2);
		Polling.await(() -> this.meters.find("subprocess.execution").timers().size() == 2);
		assertThat(this.meters.get("subprocess.execution").timers())
			.allSatisfy((timer) -> assertThat(timer.getId().getTags()).extracting(Tag::getKey)
				.containsExactly("error", "outcome", "policy"));
		assertThat(this.meters.get("subprocess.execution").tags("outcome", "SUCCESS", "error", "none").timer().count())
			.isEqualTo(1);
		try (ManagedProcess process = launcher().command("/bin/sleep", "300").start()) {
			assertThat(process.isAlive()).isTrue();
			assertThat(this.meters.get("subprocess.execution.active").longTaskTimer()).satisfies((active) -> {
				assertThat(active.activeTasks()).isEqualTo(1);
				assertThat(active.getId().getTags()).containsExactly(Tag.of("outcome", "UNKNOWN"),
						Tag.of("policy", "none"));
			});
		}
	}

	@Test
	void openTelemetryConventionNamesSpansAfterTheExecutable() {
		launcher(new OpenTelemetrySubprocessObservationConvention()).command("/bin/sh", "-c", "kill -9 $$")
			.policy("p")
			.start()
			.onExit()
			.join();
		SubprocessObservationContext killed = stopped();
		assertThat(killed.getContextualName()).isEqualTo("sh");
		assertThat(map(killed.getHighCardinalityKeyValues())).containsEntry("process.executable.name", "sh")
			.containsEntry("process.exit.code", "137")
			.containsEntry("error.type", "signalled")
			.containsKey("process.pid");
		assertError(() -> launcher(new OpenTelemetrySubprocessObservationConvention()).command("/no/such").run(),
				"START_FAILED", ProcessStartException.class);
		assertThat(map(stopped().getHighCardinalityKeyValues())).containsEntry("error.type", "ENOENT");
		this.stopped.clear();
		launcher(new OpenTelemetrySubprocessObservationConvention()).command("/bin/true").run();
		assertThat(map(stopped().getHighCardinalityKeyValues())).containsEntry("process.exit.code", "0")
			.doesNotContainKey("error.type");
	}

	@Test
	void launchersHaveTheirOwnConvention() {
		launcher().command("/bin/true").policy("p").run();
		assertThat(stopped().getContextualName()).isEqualTo("subprocess p");
		this.stopped.clear();
		launcher(new OpenTelemetrySubprocessObservationConvention()).command("/bin/true").policy("p").run();
		assertThat(stopped().getContextualName()).isEqualTo("true");
	}

	private void assertError(Runnable launch, String outcome, Class<? extends Throwable> type) {
		this.stopped.clear();
		assertThat(catchThrowable(launch::run)).isInstanceOf(type);
		SubprocessObservationContext context = stopped();
		assertThat(map(context.getLowCardinalityKeyValues())).containsEntry("outcome", outcome);
		assertThat(context.getError()).isInstanceOf(type);
	}

	/**
	 * Return what has been observed to its end, which is told after the launch returns.
	 */
	private SubprocessObservationContext stopped() {
		Polling.await(() -> !this.stopped.isEmpty());
		return this.stopped.get(0);
	}

	private ProcessLauncher launcher() {
		return launcher(null);
	}

	/**
	 * Make a launcher, which is closed after the test.
	 */
	private ProcessLauncher launcher(@Nullable SubprocessObservationConvention convention) {
		ProcessLauncher made = ProcessLauncher.builder()
			.policy("p", ProcessPolicy.undecided())
			.policy("narrow", ProcessPolicy.undecided().withConcurrency(ConcurrencyPolicy.atMost(1).withQueue(0)))
			.interceptor(new SubprocessObservations(this.registry, convention))
			.build();
		this.launchers.add(made);
		return made;
	}

	private static Map<String, String> map(KeyValues values) {
		Map<String, String> map = new TreeMap<>();
		for (KeyValue value : values) {
			map.put(value.getKey(), value.getValue());
		}
		return map;
	}

}
