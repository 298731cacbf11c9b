// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Flow;

import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher.CommandSpec;
import io.github.subprocess.ProcessLauncher.ExchangeFunction;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.internal.live.StreamPlan;
import io.github.subprocess.internal.plan.CommandLine;
import io.github.subprocess.internal.plan.CommandParameters;
import io.github.subprocess.internal.plan.StreamCompiler;
import io.github.subprocess.policy.ConcurrencyPolicy;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.GuardPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is special about one launch.
 */
final class DefaultCommandSpec implements CommandSpec {

	private final DefaultProcessLauncher launcher;

	private final @Nullable CommandLine command;

	private final @Nullable CommandParameters parameters;

	private final List<String> arguments = new ArrayList<>();

	private String policyName;

	private ProcessPolicy policy;

	private ProcessPolicy overrides = ProcessPolicy.undecided();

	private StreamPlan.Input input = new StreamPlan.NoInput();

	private @Nullable OutputTarget output;

	private @Nullable OutputTarget error;

	private DefaultCommandSpec(DefaultProcessLauncher launcher, @Nullable CommandLine command,
			@Nullable CommandParameters parameters, String policyName, ProcessPolicy policy) {
		this.launcher = launcher;
		this.command = command;
		this.parameters = parameters;
		this.policyName = policyName;
		this.policy = policy;
	}

	static DefaultCommandSpec ofCaller(DefaultProcessLauncher launcher, CommandLine command, String policyName,
			ProcessPolicy policy) {
		return new DefaultCommandSpec(launcher, command, null, policyName, policy);
	}

	static DefaultCommandSpec ofPolicy(DefaultProcessLauncher launcher, List<String> command, String policyName,
			ProcessPolicy policy) {
		return new DefaultCommandSpec(launcher, null, new CommandParameters(policyName, command), policyName, policy);
	}

	@Override
	public CommandSpec policy(String name) {
		this.policy = this.launcher.requirePolicy(name);
		this.policyName = name;
		return this;
	}

	@Override
	public CommandSpec overrides(ProcessPolicy overrides) {
		ConcurrencyPolicy concurrency = overrides.concurrency();
		if (concurrency != null && !concurrency.equals(ConcurrencyPolicy.undecided())) {
			throw new IllegalArgumentException("concurrency cannot be overridden for one launch, since all launches "
					+ "of a policy share its limit: leave it undecided");
		}
		GuardPolicy guard = overrides.guard();
		if (guard != null && !guard.equals(GuardPolicy.undecided())) {
			throw new IllegalArgumentException(
					"guard cannot be overridden for one launch, since it is there to bind launches: leave it undecided");
		}
		this.overrides = overrides.orElse(this.overrides);
		return this;
	}

	@Override
	public CommandSpec arguments(String... arguments) {
		return arguments(List.of(arguments));
	}

	@Override
	public CommandSpec arguments(Collection<String> arguments) {
		this.arguments.addAll(arguments);
		return this;
	}

	@Override
	public CommandSpec parameter(String name, String value) {
		if (this.parameters == null) {
			throw new IllegalArgumentException("parameter '" + name
					+ "' has no place: only the command of a policy has placeholders, this one is the caller's");
		}
		this.parameters.set(name, value);
		return this;
	}

	@Override
	public CommandSpec parameters(Map<String, String> values) {
		values.forEach(this::parameter);
		return this;
	}

	@Override
	public CommandSpec environment(String name, String value) {
		Map<String, String> set = new LinkedHashMap<>();
		set.put(name, value);
		return overrides(ProcessPolicy.undecided().withEnvironment(new EnvironmentPolicy(null, set)));
	}

	@Override
	public CommandSpec workingDirectory(Path directory) {
		return overrides(ProcessPolicy.undecided().withWorkingDirectory(directory));
	}

	@Override
	public CommandSpec timeout(Duration timeout) {
		return overrides(ProcessPolicy.undecided().withDeadlines(DeadlinesPolicy.undecided().withWall(timeout)));
	}

	@Override
	public CommandSpec successExitCodes(Set<Integer> codes) {
		return overrides(ProcessPolicy.undecided().withSuccessExitCodes(codes));
	}

	@Override
	public CommandSpec input(byte[] bytes) {
		this.input = new StreamPlan.BytesInput(bytes);
		return this;
	}

	@Override
	public CommandSpec input(String text) {
		return input(text.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public CommandSpec input(Path file) {
		this.input = new StreamPlan.FileInput(file);
		return this;
	}

	@Override
	public CommandSpec input(InputStream stream) {
		this.input = new StreamPlan.StreamInput(stream);
		return this;
	}

	@Override
	public CommandSpec input(Flow.Publisher<ByteBuffer> publisher) {
		this.input = new StreamPlan.PublisherInput(Objects.requireNonNull(publisher, "publisher"));
		return this;
	}

	@Override
	public CommandSpec pipeInput() {
		this.input = new StreamPlan.PipeInput();
		return this;
	}

	@Override
	public CommandSpec output(OutputTarget target) {
		if (target instanceof OutputTarget.Merge) {
			throw new IllegalArgumentException(
					"Standard output cannot be merged: merge standard error into it, with error(OutputTarget.merge())");
		}
		this.output = Objects.requireNonNull(target, "target");
		return this;
	}

	@Override
	public CommandSpec error(OutputTarget target) {
		this.error = Objects.requireNonNull(target, "target");
		return this;
	}

	@Override
	public ProcessResult run() {
		return this.launcher.run(toLaunch());
	}

	@Override
	public ManagedProcess start() {
		return this.launcher.startPiped(toLaunch());
	}

	@Override
	public <T extends @Nullable Object, X extends Exception> T exchange(ExchangeFunction<T, X> function) throws X {
		try (ManagedProcess process = start()) {
			return function.exchange(process);
		}
	}

	boolean isOf(DefaultProcessLauncher launcher) {
		return this.launcher == launcher;
	}

	Launch toLaunch() {
		ProcessPolicy decided = this.overrides.orElse(this.policy);
		return new Launch(commandLine(), this.policyName, decided, this.input, this.output, null, error(decided));
	}

	private OutputTarget error(ProcessPolicy decided) {
		OutputTarget target = (this.error == null) ? StreamCompiler.error(decided) : this.error;
		return (target != null) ? target : OutputTarget.capture();
	}

	private CommandLine commandLine() {
		CommandLine base = (this.parameters != null) ? this.parameters.fill() : Objects.requireNonNull(this.command);
		return base.plus(this.arguments);
	}

}
