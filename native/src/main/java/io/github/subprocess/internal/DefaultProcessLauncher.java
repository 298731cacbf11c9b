// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.subprocess.LaunchPlatform;
import io.github.subprocess.LauncherState;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.OnStageFailure;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.PolicyProblem;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.StopReport;
import io.github.subprocess.UnknownPolicyException;
import io.github.subprocess.internal.admission.Admission;
import io.github.subprocess.internal.live.CallerLoop;
import io.github.subprocess.internal.live.LiveProcess;
import io.github.subprocess.internal.live.LiveProcessRegistry;
import io.github.subprocess.internal.plan.CommandLine;
import io.github.subprocess.internal.plan.PolicyCheck;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.spi.OperatingSystem;

/**
 * The one {@link ProcessLauncher}: compiles a command, has it launched, and ends what is
 * left.
 */
final class DefaultProcessLauncher implements ProcessLauncher {

	private final ProcessPolicy defaults;

	private final Map<String, ProcessPolicy> policies;

	private final EngineStart engine;

	private final Launching launching;

	private final LiveProcessRegistry registry;

	private final ApplicationExecutor executor;

	private volatile boolean closed;

	DefaultProcessLauncher(ProcessPolicy defaults, Map<String, ProcessPolicy> policies, EngineStart engine,
			Admission admission, LiveProcessRegistry registry, Listeners listeners, Interceptors interceptors,
			ApplicationExecutor executor) {
		this.defaults = defaults;
		this.policies = Map.copyOf(policies);
		this.engine = engine;
		this.launching = new Launching(admission, registry, listeners, interceptors, executor);
		this.registry = registry;
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
	public ProcessPolicy defaultPolicy() {
		return this.defaults;
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
		PolicyCheck check = new PolicyCheck(JvmEnvironment.read(), system.users(), system.platform().sandbox());
		List<PolicyProblem> problems = new ArrayList<>(check.check(NO_POLICY, this.defaults));
		new TreeMap<>(this.policies).forEach((name, policy) -> problems.addAll(check.check(name, policy)));
		return List.copyOf(problems);
	}

	@Override
	public LaunchPlatform platform() {
		return this.engine.await().system().platform();
	}

	@Override
	public LauncherState state() {
		if (this.closed || this.launching.isStopped()) {
			return LauncherState.STOPPED;
		}
		return this.engine.await().reactor().isOutOfOrder() ? LauncherState.BROKEN : LauncherState.ACCEPTING;
	}

	ProcessResult run(Launch launch) {
		Engine engine = this.engine.await();
		Admitted admitted = this.launching.admit(List.of(launch.withOutputDefault(OutputTarget.capture())), engine)
			.get(0);
		CallerLoop own = engine.newCallerLoop();
		LiveProcess process;
		try {
			process = this.launching.start(admitted, engine, (own != null) ? own : engine.reactor());
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
		return this.launching.start(
				this.launching.admit(List.of(launch.withOutputDefault(OutputTarget.pipe())), engine).get(0), engine,
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
		return new PipelineStart(this.launching, this.engine.await()).start(launches, onFailure);
	}

	@Override
	public StopReport stop() {
		this.launching.stop();
		this.launching.awaitBirths();
		return Stop.of(List.copyOf(this.registry.processes()));
	}

	@Override
	public void resume() {
		if (this.closed) {
			throw new IllegalStateException("The process launcher has been closed");
		}
		this.launching.resume();
	}

	@Override
	public void close() {
		this.closed = true;
		stop();
		try {
			this.engine.awaitLoaded().close(() -> this.launching.isBearing() || !this.registry.processes().isEmpty());
		}
		catch (NativeCoreUnavailableException ex) {
			// there never was anything to release
		}
		this.executor.close();
	}

}
