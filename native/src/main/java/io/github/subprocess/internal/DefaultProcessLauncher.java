// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.github.subprocess.LaunchPlatform;
import io.github.subprocess.LeftOver;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.OnStageFailure;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.PolicyProblem;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.StopReport;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.UnknownPolicyException;
import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessRejected;
import io.github.subprocess.event.ProcessStartFailed;
import io.github.subprocess.event.ProcessStarted;
import io.github.subprocess.internal.live.AbandonedChild;
import io.github.subprocess.internal.admission.Admission;
import io.github.subprocess.internal.admission.Place;
import io.github.subprocess.internal.live.CallerLoop;
import io.github.subprocess.internal.live.EventLoop;
import io.github.subprocess.internal.live.GuardianFailure;
import io.github.subprocess.internal.live.LiveProcess;
import io.github.subprocess.internal.live.LiveProcessRegistry;
import io.github.subprocess.internal.live.ProcessIdentity;
import io.github.subprocess.internal.live.ProcessWatcher;
import io.github.subprocess.internal.live.StandardStreams;
import io.github.subprocess.internal.live.StreamOpenFailure;
import io.github.subprocess.internal.plan.CommandLine;
import io.github.subprocess.internal.plan.PolicyCheck;
import io.github.subprocess.internal.tree.TreeToken;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * The one {@link ProcessLauncher}: compiles a command, has it spawned, and hands it over
 * to be watched.
 */
final class DefaultProcessLauncher implements ProcessLauncher, ProcessWatcher {

	private static final String GUARDIAN_STEP = "guardian";

	private final ProcessPolicy defaults;

	private final Map<String, ProcessPolicy> policies;

	private final EngineStart engine;

	private final Admission admission;

	private final Map<LiveProcess, Place> places = new ConcurrentHashMap<>();

	private final LiveProcessRegistry registry;

	private final Listeners listeners;

	private final ApplicationExecutor executor;

	private final ProcessIds ids = new ProcessIds();

	private volatile boolean stopped;

	private volatile boolean closed;

	DefaultProcessLauncher(ProcessPolicy defaults, Map<String, ProcessPolicy> policies, EngineStart engine,
			Admission admission, LiveProcessRegistry registry, Listeners listeners, ApplicationExecutor executor) {
		this.defaults = defaults;
		this.policies = Map.copyOf(policies);
		this.engine = engine;
		this.admission = admission;
		this.registry = registry;
		this.listeners = listeners;
		this.executor = executor;
	}

	@Override
	public CommandSpec command(String program, String... arguments) {
		return DefaultCommandSpec.ofCaller(this, new CommandLine(program, List.of(arguments)), NO_POLICY,
				this.defaults);
	}

	@Override
	public CommandSpec command(List<String> command) {
		return DefaultCommandSpec.ofCaller(this, CommandLine.of(command, null), NO_POLICY, this.defaults);
	}

	@Override
	public CommandSpec policy(String name) {
		ProcessPolicy policy = requirePolicy(name);
		List<String> command = policy.command();
		if (command == null) {
			throw new IllegalArgumentException("Process policy '" + name + "' names no command");
		}
		return DefaultCommandSpec.ofPolicy(this, command, name, policy);
	}

	ProcessPolicy requirePolicy(String name) {
		ProcessPolicy policy = this.policies.get(name);
		if (policy == null) {
			throw new UnknownPolicyException(name, this.policies.keySet());
		}
		return policy;
	}

	@Override
	public Map<String, ProcessPolicy> policies() {
		return this.policies;
	}

	@Override
	public ProcessRegistry processes() {
		return this.registry;
	}

	@Override
	public void awaitReady() {
		this.engine.await();
	}

	@Override
	public List<PolicyProblem> validate() {
		OperatingSystem system = this.engine.awaitLoaded().system();
		PolicyCheck check = new PolicyCheck(System.getenv(), system.users(), system.platform().sandbox());
		List<PolicyProblem> problems = new ArrayList<>(check.check(NO_POLICY, this.defaults));
		new TreeMap<>(this.policies).forEach((name, policy) -> problems.addAll(check.check(name, policy)));
		return List.copyOf(problems);
	}

	@Override
	public LaunchPlatform platform() {
		return this.engine.await().system().platform();
	}

	ProcessResult run(Launch launch) {
		Engine engine = this.engine.await();
		Admitted admitted = admit(List.of(launch.withOutputDefault(OutputTarget.capture())), engine).get(0);
		CallerLoop own = engine.newCallerLoop();
		LiveProcess process;
		try {
			process = start(admitted, engine, (own != null) ? own : engine.reactor());
		}
		catch (RuntimeException | Error ex) {
			if (own != null) {
				own.abandon();
			}
			throw ex;
		}
		return process.awaitSuccess();
	}

	ManagedProcess startPiped(Launch launch) {
		Engine engine = this.engine.await();
		return start(admit(List.of(launch.withOutputDefault(OutputTarget.pipe())), engine).get(0), engine,
				engine.reactor());
	}

	@Override
	public PipelineSpec pipeline(CommandSpec first, CommandSpec second, CommandSpec... more) {
		List<CommandSpec> stages = new ArrayList<>(List.of(first, second));
		stages.addAll(List.of(more));
		return pipeline(stages);
	}

	@Override
	public PipelineSpec pipeline(List<? extends CommandSpec> stages) {
		return new DefaultPipelineSpec(this, List.copyOf(stages));
	}

	LivePipeline startPipeline(List<Launch> launches, OnStageFailure onFailure) {
		Engine engine = this.engine.await();
		Deque<Admitted> waiting = new ArrayDeque<>(admit(launches, engine));
		List<LiveProcess> born = new ArrayList<>();
		try (Connections connections = connect(launches, engine)) {
			while (!waiting.isEmpty()) {
				int stage = born.size();
				Admitted next = waiting.remove();
				born.add(start(next.connected(connections.readingEnd(stage), connections.writingEnd(stage)), engine,
						engine.reactor()));
				connections.born(stage);
			}
			return new LivePipeline(born, onFailure);
		}
		catch (RuntimeException | Error ex) {
			waiting.forEach((admitted) -> admitted.place().giveBack());
			born.forEach((process) -> process.terminate(TerminationReason.PIPELINE));
			born.forEach(LiveProcess::close);
			throw ex;
		}
	}

	private Connections connect(List<Launch> launches, Engine engine) {
		long begun = System.nanoTime();
		try {
			return Connections.between(launches.size(), engine.system().descriptors());
		}
		catch (SystemCallFailure ex) {
			throw startFailed(launches.get(0), begun, ex.call(), ex, "pipe between stages");
		}
	}

	/**
	 * Compile commands, so that what cannot be launched does not wait, and wait for their
	 * places.
	 */
	private List<Admitted> admit(List<Launch> launches, Engine engine) {
		long called = System.nanoTime();
		launches.forEach(Launch::checkSilenceIsNoticed);
		List<SpawnPlan> plans = launches.stream()
			.map((launch) -> engine.compiler().compile(launch.command(), launch.policyName(), launch.policy()))
			.toList();
		long begun = System.nanoTime();
		long compileNanos = (begun - called) / launches.size();
		List<Place> taken = List.of();
		try {
			checkAccepting(engine);
			taken = this.admission.enter(launches.stream().map(Launch::policyName).toList());
			checkAccepting(engine);
		}
		catch (ProcessRejectedException ex) {
			taken.forEach(Place::giveBack);
			Launch first = launches.get(0);
			this.registry.launchRejected();
			this.listeners.rejected(new ProcessRejected(first.policyName(), first.command().program(), ex.reason(),
					Duration.ofNanos(System.nanoTime() - begun)));
			throw ex;
		}
		List<Place> places = taken;
		return IntStream.range(0, launches.size())
			.mapToObj((i) -> new Admitted(launches.get(i), plans.get(i), compileNanos, places.get(i)))
			.toList();
	}

	private void checkAccepting(Engine engine) {
		if (this.stopped) {
			throw new ProcessRejectedException("The process launcher has been stopped");
		}
		if (engine.reactor().hasEnded()) {
			throw new ProcessRejectedException("The process launcher can no longer watch processes: see the log");
		}
	}

	private LiveProcess start(Admitted admitted, Engine engine, EventLoop loop) {
		LiveProcess process;
		try {
			process = bear(admitted.launch(), admitted.plan(), System.nanoTime() - admitted.compileNanos(), engine,
					loop);
		}
		catch (RuntimeException | Error ex) {
			admitted.place().giveBack();
			throw ex;
		}
		this.places.put(process, admitted.place());
		return watch(process);
	}

	private LiveProcess bear(Launch launch, SpawnPlan plan, long begun, Engine engine, EventLoop loop) {
		TreeToken token = engine.tokenFor(launch.policy());
		SpawnPlan marked = (token != null) ? plan.withVariable(TreeToken.VARIABLE, token.value()) : plan;
		StandardStreams streams;
		SpawnedChild child;
		try {
			streams = StandardStreams.open(engine.system().descriptors(), loop, this.executor::pump, launch.streams());
		}
		catch (StreamOpenFailure ex) {
			SystemCallFailure failure = ex.failure();
			throw startFailed(launch, begun, failure.call(), failure, ex.subject());
		}
		try {
			child = spawn(engine, marked.withDescriptors(streams.childEnds()), launch.startDeadline(), token, streams);
		}
		catch (StartDeadlinePassed ex) {
			// the child's ends stay open until the birth is over
			throw startFailed(launch, begun, ex.call(), ex, null);
		}
		catch (SpawnFailure ex) {
			streams.abandon();
			throw startFailed(launch, begun, ex.step().text(), ex, ex.subject());
		}
		catch (GuardianFailure ex) {
			streams.abandon();
			throw startFailed(launch, begun, GUARDIAN_STEP, ex.failure(), ex.subject());
		}
		catch (RuntimeException | Error ex) {
			streams.abandon();
			throw ex;
		}
		long bornNanos = System.nanoTime();
		streams.closeChildEnds();
		ProcessIdentity identity = new ProcessIdentity(this.ids.next(), launch.policyName(), launch.policy(),
				launch.command().arguments(), child, token, Instant.now(), bornNanos,
				Duration.ofNanos(bornNanos - begun));
		return new LiveProcess(identity, engine.system(), loop, streams, this, engine.orphanage());
	}

	private SpawnedChild spawn(Engine engine, SpawnPlan plan, Duration deadline, @Nullable TreeToken token,
			StandardStreams streams) throws SpawnFailure, StartDeadlinePassed {
		if (deadline.isZero()) {
			return engine.spawners().spawn(plan);
		}
		return engine.spawners().spawn(plan, deadline, (late) -> {
			if (late != null) {
				AbandonedChild.end(engine.system(), late, plan.session() != SessionMode.INHERIT, token,
						engine.orphanage());
			}
			streams.abandon();
		});
	}

	private LiveProcess watch(LiveProcess process) {
		this.registry.add(process);
		this.listeners.started(new ProcessStarted(process.snapshot()));
		process.begin();
		if (this.stopped) {
			// stop() may have looked at the live processes before this one was among them
			process.terminate(TerminationReason.SHUTDOWN);
		}
		return process;
	}

	private ProcessStartException startFailed(Launch launch, long begun, String step, SystemCallFailure failure,
			@Nullable String subject) {
		ProcessStartException exception = new ProcessStartException(launch.policyName(), launch.command().program(),
				step, failure.errno(), failure.errnoName(), failure.errnoText(), subject);
		this.registry.startFailed();
		this.listeners.startFailed(new ProcessStartFailed(launch.policyName(), launch.command().program(), exception,
				Duration.ofNanos(System.nanoTime() - begun)));
		return exception;
	}

	// what live processes tell

	@Override
	public void pump(Runnable pump) {
		this.executor.pump(pump);
	}

	@Override
	public void complete(Runnable completion) {
		this.executor.tell(completion);
	}

	@Override
	public void remove(LiveProcess process) {
		this.registry.remove(process);
		Place place = this.places.remove(process);
		if (place != null) {
			place.giveBack();
		}
	}

	@Override
	public void ended(LiveProcess process, ProcessResult result) {
		if (!this.listeners.isEmpty()) {
			ProcessEnded event = new ProcessEnded(LiveProcessRegistry.withoutOutput(process.snapshot()), result);
			this.executor.tell(() -> this.listeners.ended(event));
		}
	}

	@Override
	public StopReport stop() {
		this.stopped = true;
		this.admission.stop();
		List<LiveProcess> live = new ArrayList<>(this.registry.processes());
		live.forEach((process) -> process.terminate(TerminationReason.SHUTDOWN));
		Duration longest = live.stream()
			.map(LiveProcess::longestTermination)
			.max(Duration::compareTo)
			.orElse(Duration.ZERO);
		long deadline = System.nanoTime() + longest.toNanos();
		boolean interrupted = false;
		List<ProcessSnapshot> left = new ArrayList<>();
		List<LeftOver> leftOvers = new ArrayList<>();
		int ended = 0;
		int forced = 0;
		for (LiveProcess process : live) {
			try {
				if (!process.awaitGone(interrupted ? System.nanoTime() : deadline)) {
					left.add(process.snapshot());
					continue;
				}
			}
			catch (InterruptedException ex) {
				interrupted = true;
				left.add(process.snapshot());
				continue;
			}
			ProcessResult result = process.snapshot().result();
			if (result != null) {
				leftOvers.addAll(result.treeEnd().left());
			}
			if (result != null && result.forced()) {
				forced++;
			}
			else {
				ended++;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return new StopReport(ended, forced, left, leftOvers);
	}

	@Override
	public void resume() {
		if (this.closed) {
			throw new IllegalStateException("The process launcher has been closed");
		}
		this.admission.resume();
		this.stopped = false;
	}

	@Override
	public void close() {
		this.closed = true;
		StopReport report = stop();
		try {
			this.engine.awaitLoaded().close(report.left().isEmpty());
		}
		catch (NativeCoreUnavailableException ex) {
			// there never was anything to release
		}
		this.executor.close();
	}

}
