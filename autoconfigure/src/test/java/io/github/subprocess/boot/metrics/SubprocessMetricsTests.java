// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.metrics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.CgroupFigures;
import io.github.subprocess.CgroupUsage;
import io.github.subprocess.LaunchRefusedException;
import io.github.subprocess.LauncherState;
import io.github.subprocess.LeftOver;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessExitException;
import io.github.subprocess.ProcessInspection;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.RejectionReason;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.SpawnWarning;
import io.github.subprocess.TreeEnd;
import io.github.subprocess.boot.Polling;
import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessRefused;
import io.github.subprocess.event.ProcessRejected;
import io.github.subprocess.event.ProcessStartFailed;
import io.github.subprocess.event.ProcessStarted;
import io.github.subprocess.policy.CgroupPolicy;
import io.github.subprocess.policy.ConcurrencyPolicy;
import io.github.subprocess.policy.OutputPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.policy.TerminationPolicy;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link SubprocessMetrics} and {@link LiveProcessMetrics}.
 */
@Timeout(60)
class SubprocessMetricsTests {

	/**
	 * Where version 2 of cgroups is mounted, if it is at all.
	 */
	private static final Path CGROUPS = Path
		.of(Files.exists(Path.of("/sys/fs/cgroup/cgroup.procs")) ? "/sys/fs/cgroup" : "/sys/fs/cgroup/unified");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final SubprocessMetrics metrics = new SubprocessMetrics();

	private final ProcessLauncher launcher = ProcessLauncher.builder()
		.policy("transcode", ProcessPolicy.undecided())
		.policy("narrow", ProcessPolicy.undecided().withConcurrency(ConcurrencyPolicy.atMost(1).withQueue(0)))
		.policy("grouped", ProcessPolicy.undecided().withCgroup(CgroupPolicy.below(CGROUPS)))
		.listener(this.metrics)
		.build();

	@AfterEach
	void close() {
		this.launcher.close();
	}

	@Test
	void startsAreTimed() {
		this.metrics.bindTo(this.registry);
		this.launcher.command("/bin/true").policy("transcode").run();
		this.launcher.command("/bin/true").run();
		assertThat(this.registry.get("subprocess.spawn")
			.tags("policy", "transcode", "outcome", "SUCCESS", "mechanism", "vfork")
			.timer()).satisfies((timer) -> {
				assertThat(timer.count()).isEqualTo(1);
				assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
			});
		assertThat(this.registry.get("subprocess.spawn").tags("policy", "none", "outcome", "SUCCESS").timer().count())
			.isEqualTo(1);
	}

	@Test
	void failuresAreCountedByStepAndError() {
		this.metrics.bindTo(this.registry);
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.launcher.command("/no/such/program").run());
		assertThatExceptionOfType(ProcessStartException.class).isThrownBy(() -> this.launcher.command("/bin/true")
			.policy("transcode")
			.workingDirectory(Path.of("/no/such/directory"))
			.run());
		assertThat(failures("none", "exec", "ENOENT")).isEqualTo(1);
		assertThat(failures("transcode", "chdir", "ENOENT")).isEqualTo(1);
		assertThat(this.registry.get("subprocess.spawn").tags("outcome", "ERROR", "mechanism", "none").timers())
			.hasSize(2);
		assertThat(this.registry.find("subprocess.spawn").tags("outcome", "SUCCESS").timers()).isEmpty();
	}

	@Test
	void childThatWasKilledHasNoErrno() {
		this.metrics.bindTo(this.registry);
		this.metrics.onStartFailed(new ProcessStartFailed("none", "x",
				new ProcessStartException("none", "x", "lost", 0, "0", "killed", null), Duration.ofMillis(1)));
		assertThat(failures("none", "lost", "none")).isEqualTo(1);
	}

	@Test
	void warningsAreCountedByStepAndError() {
		this.metrics.bindTo(this.registry);
		this.metrics.onStarted(startedWithWarnings());
		this.metrics.onStarted(startedWithWarnings());
		assertThat(warnings("transcode", "nice", "EACCES")).isEqualTo(2);
		assertThat(warnings("transcode", "limits", "EPERM")).isEqualTo(4);
		assertThat(this.registry.find("subprocess.spawn.failures").counters()).isEmpty();
		assertThat(this.registry.get("subprocess.spawn")
			.tags("outcome", "SUCCESS", "mechanism", "posix-spawn")
			.timer()
			.count()).isEqualTo(2);
	}

	@Test
	void everyRegistryGetsEverythingOnce() {
		SimpleMeterRegistry other = new SimpleMeterRegistry();
		this.metrics.bindTo(this.registry);
		this.metrics.bindTo(other);
		this.metrics.bindTo(other);
		this.launcher.command("/bin/true").run();
		assertThat(this.registry.get("subprocess.spawn").timer().count()).isEqualTo(1);
		assertThat(other.get("subprocess.spawn").timer().count()).isEqualTo(1);
	}

	@Test
	void unboundMetricsHarmNothing() {
		assertThat(this.launcher.command("/bin/true").run().isSuccess()).isTrue();
	}

	@Test
	void liveProcessesAreGaugedByPolicy() {
		new LiveProcessMetrics(this.launcher).bindTo(this.registry);
		assertThat(live("transcode")).isZero();
		assertThat(live("none")).isZero();
		try (ManagedProcess process = this.launcher.command("/bin/sleep", "300").policy("transcode").start()) {
			assertThat(process.isAlive()).isTrue();
			assertThat(live("transcode")).isEqualTo(1);
			assertThat(live("none")).isZero();
		}
		Polling.await(() -> live("transcode") == 0);
		assertThat(this.registry.get("subprocess.live").gauges())
			.allSatisfy((gauge) -> assertThat(gauge.getId().getBaseUnit()).isEqualTo("processes"));
	}

	@Test
	void whatLiveProcessesTakeIsGaugedByPolicy() {
		new LiveProcessMetrics(this.launcher).bindTo(this.registry);
		try (ManagedProcess process = this.launcher
			.command("/bin/sh", "-c", "(head -c 30000000 /dev/zero; exec sleep 300) | tail -c 30000000")
			.policy("transcode")
			.output(OutputTarget.capture())
			.start()) {
			assertThat(process.isAlive()).isTrue();
			Polling.await(() -> gauge("subprocess.tree", "transcode") == 3);
			Polling.await(() -> gauge("subprocess.resident", "transcode") > 30_000_000);
			Polling.await(() -> gauge("subprocess.silence.max", "transcode") > 0);
			assertThat(gauge("subprocess.age.max", "transcode")).isPositive();
			assertThat(gauge("subprocess.overdue", "transcode")).isZero();
			assertThat(gauge("subprocess.tree", "none")).isZero();
		}
		Polling.await(() -> gauge("subprocess.tree", "transcode") == 0);
		assertThat(gauge("subprocess.resident", "transcode")).isZero();
		assertThat(gauge("subprocess.age.max", "transcode")).isZero();
	}

	@Test
	void whoIsStillThereAfterItsDeadlineIsOverdue() {
		new LiveProcessMetrics(this.launcher).bindTo(this.registry);
		ProcessPolicy stubborn = ProcessPolicy.undecided()
			.withTermination(TerminationPolicy.undecided().withGracePeriod(Duration.ofMinutes(5)));
		ManagedProcess process = this.launcher.command("/bin/sh", "-c", "trap '' TERM; while :; do sleep 1; done")
			.overrides(stubborn)
			.timeout(Duration.ofSeconds(1))
			.start();
		Polling.await(() -> gauge("subprocess.overdue", "none") == 1);
		process.destroyForcibly().onExit().join();
		Polling.await(() -> gauge("subprocess.overdue", "none") == 0);
	}

	@Test
	void timeWithoutAFreePlaceIsGauged() {
		new LiveProcessMetrics(this.launcher).bindTo(this.registry);
		try (ManagedProcess process = this.launcher.command("/bin/sleep", "300").policy("narrow").start()) {
			assertThat(process.isAlive()).isTrue();
			assertThat(gauge("subprocess.blocked", "narrow")).isZero();
			assertThatExceptionOfType(ProcessRejectedException.class)
				.isThrownBy(() -> this.launcher.command("/bin/true").policy("narrow").run());
			Polling.await(() -> gauge("subprocess.blocked", "narrow") > 0);
		}
		Polling.await(() -> gauge("subprocess.blocked", "narrow") == 0);
	}

	@Test
	void stateOfTheLauncherIsGauged() {
		new LiveProcessMetrics(this.launcher).bindTo(this.registry);
		assertThat(state("accepting")).isEqualTo(1);
		assertThat(state("stopped")).isZero();
		assertThat(state("broken")).isZero();
		this.launcher.close();
		assertThat(state("accepting")).isZero();
		assertThat(state("stopped")).isEqualTo(1);
	}

	@Test
	void launcherThatCannotWatchOrHasNoCoreIsBroken() {
		ProcessLauncher launcher = mock(ProcessLauncher.class);
		given(launcher.policies()).willReturn(Map.of());
		given(launcher.defaultPolicy()).willReturn(ProcessPolicy.undecided());
		given(launcher.processes()).willReturn(mock(ProcessRegistry.class));
		given(launcher.state()).willReturn(LauncherState.BROKEN)
			.willThrow(new NativeCoreUnavailableException("no core here", "get one", null));
		new LiveProcessMetrics(launcher).bindTo(this.registry);
		assertThat(state("broken")).isEqualTo(1);
		assertThat(state("broken")).isEqualTo(1);
		assertThat(state("accepting")).isZero();
	}

	private double gauge(String meter, String policy) {
		return this.registry.get(meter).tags("policy", policy).gauge().value();
	}

	private double state(String state) {
		return this.registry.get("subprocess.launcher").tags("state", state).gauge().value();
	}

	@Test
	void limitsAreGaugedAndRejectionsCounted() {
		this.metrics.bindTo(this.registry);
		new LiveProcessMetrics(this.launcher).bindTo(this.registry);
		try (ManagedProcess process = this.launcher.command("/bin/sleep", "300").policy("narrow").start()) {
			assertThat(process.isAlive()).isTrue();
			assertThatExceptionOfType(ProcessRejectedException.class)
				.isThrownBy(() -> this.launcher.command("/bin/true").policy("narrow").run());
		}
		assertThat(this.registry.get("subprocess.rejections")
			.tags("policy", "narrow", "reason", "queue-full")
			.counter()
			.count()).isEqualTo(1);
		assertThat(this.registry.get("subprocess.limit").gauge()).satisfies((gauge) -> {
			assertThat(gauge.getId().getTag("policy")).isEqualTo("narrow");
			assertThat(gauge.value()).isEqualTo(1);
		});
		assertThat(this.registry.get("subprocess.queued").tags("policy", "narrow").gauge().value()).isZero();
	}

	@Test
	void refusalsOfGuardsAreCountedByGuard() {
		this.metrics.bindTo(this.registry);
		this.metrics.onRefused(new ProcessRefused("p", "ls",
				new LaunchRefusedException("p", "guard.max-arguments", "ls", "it has 2 arguments, and may have 1")));
		assertThat(this.registry.get("subprocess.rejections")
			.tags("policy", "p", "reason", "guard.max-arguments")
			.counter()
			.count()).isEqualTo(1);
	}

	@Test
	void metersAreAsDocumented() {
		this.metrics.bindTo(this.registry);
		new LiveProcessMetrics(this.launcher).bindTo(this.registry);
		this.launcher.command("/bin/true").run();
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.launcher.command("/no/such/program").run());
		this.launcher.command("/bin/sleep", "300").timeout(Duration.ofMillis(1)).start().result().join();
		this.metrics.onStarted(startedWithWarnings());
		this.metrics.onRejected(new ProcessRejected("none", "x", RejectionReason.STOPPED, Duration.ZERO));
		this.metrics.onEnded(endedWithLeftOver());
		this.metrics.onEnded(endedInCgroup(new CgroupUsage(Duration.ZERO, Duration.ZERO, Duration.ZERO, 1L, 1L, 1L)));
		Polling.await(() -> exits("none", "SUCCESS") > 0 && exits("none", "TIMEOUT") > 0);
		for (SubprocessMeters documented : SubprocessMeters.values()) {
			List<String> keys = Arrays.stream(documented.getKeyNames()).map(KeyName::asString).sorted().toList();
			assertThat(this.registry.find(documented.getName()).meters()).isNotEmpty()
				.allSatisfy((meter) -> assertThat(keys(meter)).isEqualTo(keys))
				.allSatisfy((meter) -> assertThat(meter.getId().getType()).isEqualTo(documented.getType()))
				.allSatisfy((meter) -> assertThat(meter.getId().getDescription()).isNotBlank());
		}
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsOnly(
					Arrays.stream(SubprocessMeters.values()).map(SubprocessMeters::getName).toArray(String[]::new));
	}

	private static List<String> keys(Meter meter) {
		return meter.getId().getTags().stream().map(Tag::getKey).sorted().toList();
	}

	private double failures(String policy, String step, String errno) {
		return this.registry.get("subprocess.spawn.failures")
			.tags("policy", policy, "step", step, "errno", errno)
			.counter()
			.count();
	}

	private double warnings(String policy, String step, String errno) {
		return this.registry.get("subprocess.spawn.warnings")
			.tags("policy", policy, "step", step, "errno", errno)
			.counter()
			.count();
	}

	private static ProcessStarted startedWithWarnings() {
		List<SpawnWarning> warnings = List.of(new SpawnWarning("nice", 13, "EACCES", "Permission denied", "-5"),
				new SpawnWarning("limits", 1, "EPERM", "Operation not permitted", "open-files"),
				new SpawnWarning("limits", 1, "EPERM", "Operation not permitted", "stack"));
		return new ProcessStarted(new ProcessSnapshot("a", 42, "transcode", ProcessSnapshot.State.RUNNING, "/bin/true",
				List.of(), null, SessionMode.NEW_SESSION, 42, SpawnMechanism.POSIX_SPAWN, DescriptorClosing.NONE,
				warnings, Instant.now(), Duration.ofMillis(1), null, null, null), Duration.ZERO);
	}

	/**
	 * What a real process has left over is rare: the end of one is told with another's.
	 */
	private ProcessEnded endedWithLeftOver() {
		return ended(new TreeEnd(1, List.of(new LeftOver(7, "x", LeftOver.Reason.NOT_PERMITTED))), null);
	}

	/**
	 * Controllers are seldom all there, nor is their use of a size that is known.
	 */
	private ProcessEnded endedInCgroup(CgroupUsage usage) {
		return ended(TreeEnd.ALONE, usage);
	}

	private ProcessEnded ended(TreeEnd end, @Nullable CgroupUsage usage) {
		ProcessResult result = this.launcher.command("/bin/true").policy("transcode").run();
		ProcessSnapshot process = this.launcher.processes().find(result.id()).orElseThrow();
		return new ProcessEnded(process,
				new ProcessResult(result.id(), result.policy(), result.pid(), result.status(), result.outcome(),
						result.terminationReason(), result.forced(), end, result.duration(), result.spawnDuration(),
						result.mechanism(), result.usage(), usage, result.input(), result.output(), result.error()));
	}

	@Test
	void useOfCgroupsIsTold() {
		this.metrics.bindTo(this.registry);
		CgroupUsage usage = new CgroupUsage(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(5), 4096L,
				2L, 3L);
		this.metrics.onEnded(endedInCgroup(usage));
		this.metrics.onEnded(endedInCgroup(usage));
		this.metrics.onEnded(endedInCgroup(new CgroupUsage(null, null, null, null, null, null)));
		assertThat(this.registry.get("subprocess.cgroup.cpu.time").timer().totalTime(TimeUnit.SECONDS)).isEqualTo(6);
		assertThat(this.registry.get("subprocess.cgroup.cpu.throttled").timer()).satisfies((timer) -> {
			assertThat(timer.count()).isEqualTo(2);
			assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(10);
		});
		assertThat(this.registry.get("subprocess.cgroup.memory.peak").summary().max()).isEqualTo(4096);
		assertThat(this.registry.get("subprocess.cgroup.oom.kills").counter().count()).isEqualTo(4);
		assertThat(this.registry.get("subprocess.cgroup.pids.refused").counter().count()).isEqualTo(6);
	}

	@Test
	void processesWithoutACgroupHaveNoMetersOfOne() {
		this.metrics.bindTo(this.registry);
		this.launcher.command("/bin/true").run();
		Polling.await(() -> exits("none", "SUCCESS") == 1);
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.noneMatch((name) -> name.contains("cgroup"));
	}

	@Test
	void cgroupsOfLiveProcessesAreGaugedWhereAPolicyMakesThem() {
		new LiveProcessMetrics(this.launcher).bindTo(this.registry);
		assertThat(this.registry.get("subprocess.cgroup.memory").gauges()).singleElement().satisfies((gauge) -> {
			assertThat(gauge.getId().getTag("policy")).isEqualTo("grouped");
			assertThat(gauge.value()).isZero();
		});
		assertThat(this.registry.get("subprocess.cgroup.pids").gauge().value()).isZero();
	}

	@Test
	void cgroupOfARealProcessIsGaugedAndTold() {
		assumeThat(Files.isWritable(CGROUPS.resolve("cgroup.procs"))).as("cgroups of version 2 that may be made")
			.isTrue();
		this.metrics.bindTo(this.registry);
		new LiveProcessMetrics(this.launcher).bindTo(this.registry);
		try (ManagedProcess process = this.launcher.command("/bin/sleep", "300").policy("grouped").start()) {
			CgroupFigures figures = this.launcher.processes()
				.inspect(process.id(), 0)
				.map(ProcessInspection::cgroup)
				.orElseThrow();
			double expected = (figures.pids() != null) ? 1 : Double.NaN;
			assertThat(this.registry.get("subprocess.cgroup.pids").gauge().value()).isEqualTo(Double.valueOf(expected));
		}
		Polling.await(() -> exits("grouped", "CANCELLED") == 1);
		assertThat(this.registry.get("subprocess.cgroup.cpu.time").tags("policy", "grouped").timer().count())
			.isEqualTo(1);
		assertThat(this.registry.get("subprocess.cgroup.pids").gauge().value()).isZero();
	}

	@Test
	void endsAreCountedByOutcomeWithWhatTheyUsed() {
		this.metrics.bindTo(this.registry);
		this.launcher.command("/bin/cat").policy("transcode").input("hello").run();
		assertThatExceptionOfType(ProcessExitException.class)
			.isThrownBy(() -> this.launcher.command("/bin/sh", "-c", "printf oh >&2; exit 3").run());
		Polling.await(() -> exits("transcode", "SUCCESS") == 1 && exits("none", "FAILURE") == 1);
		Polling.await(() -> output("subprocess.output", "none", "stderr") == 2);
		assertThat(this.registry.get("subprocess.input").tags("policy", "transcode").counter().count()).isEqualTo(5);
		assertThat(output("subprocess.output", "transcode", "stdout")).isEqualTo(5);
		assertThat(output("subprocess.output", "none", "stdout")).isZero();
		assertThat(output("subprocess.output.dropped", "transcode", "stdout")).isZero();
		assertThat(this.registry.get("subprocess.cpu.time").tags("policy", "transcode").timer().count()).isEqualTo(1);
		assertThat(this.registry.get("subprocess.memory.max")
			.tags("policy", "transcode")
			.summaries()
			.stream()
			.mapToDouble(DistributionSummary::totalAmount)
			.sum()).isPositive();
		assertThat(this.registry.find("subprocess.terminations").counters()).isEmpty();
		assertThat(this.registry.find("subprocess.left.overs").counters()).isEmpty();
	}

	@Test
	void whatIsNotKeptIsCounted() {
		this.metrics.bindTo(this.registry);
		this.launcher.command("/bin/echo", "123456789012345")
			.overrides(ProcessPolicy.undecided().withOutput(new OutputPolicy(10L, null)))
			.run();
		Polling.await(() -> output("subprocess.output", "none", "stdout") == 16);
		Polling.await(() -> output("subprocess.output.dropped", "none", "stdout") == 6);
	}

	@Test
	void terminationsAreCountedByReasonAndSignal() {
		this.metrics.bindTo(this.registry);
		this.launcher.command("/bin/sleep", "300").policy("transcode").start().close();
		this.launcher.command("/bin/sleep", "300").timeout(Duration.ofMillis(1)).start().result().join();
		Polling.await(() -> exits("transcode", "CANCELLED") == 1 && exits("none", "TIMEOUT") == 1);
		Polling.await(() -> this.registry.find("subprocess.terminations").counters().size() == 2);
		assertThat(this.registry.get("subprocess.terminations")
			.tags("policy", "transcode", "reason", "cancel", "signal", "SIGTERM")
			.counter()
			.count()).isEqualTo(1);
		assertThat(this.registry.get("subprocess.terminations")
			.tags("policy", "none", "reason", "timeout", "signal", "SIGTERM")
			.counter()
			.count()).isEqualTo(1);
	}

	@Test
	void waitsForAPlaceAreTimed() {
		this.metrics.bindTo(this.registry);
		try (ManagedProcess process = this.launcher.command("/bin/sleep", "300").policy("narrow").start()) {
			assertThat(process.isAlive()).isTrue();
			assertThatExceptionOfType(ProcessRejectedException.class)
				.isThrownBy(() -> this.launcher.command("/bin/true").policy("narrow").run());
		}
		for (String outcome : List.of("SUCCESS", "ERROR")) {
			assertThat(this.registry.get("subprocess.queue.wait")
				.tags("policy", "narrow", "outcome", outcome)
				.timer()
				.count()).isEqualTo(1);
		}
	}

	private double exits(String policy, String outcome) {
		return this.registry.find("subprocess.exits")
			.tags("policy", policy, "outcome", outcome)
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

	private double output(String meter, String policy, String stream) {
		return this.registry.find(meter)
			.tags("policy", policy, "stream", stream)
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

	private double live(String policy) {
		return this.registry.get("subprocess.live").tags("policy", policy).gauge().value();
	}

}
