// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.event.LaunchInterceptor;
import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.internal.admission.Admission;
import io.github.subprocess.internal.jnr.GuardianProgram;
import io.github.subprocess.internal.jnr.JnrOperatingSystem;
import io.github.subprocess.internal.live.LiveProcessRegistry;
import io.github.subprocess.policy.ConcurrencyPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.spi.OperatingSystem;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link ProcessLauncher} is made of.
 */
public final class DefaultProcessLauncherBuilder implements ProcessLauncher.Builder {

	private static final int DEFAULT_RECENT_CAPACITY = 100;

	private ProcessPolicy defaults = ProcessPolicy.defaults();

	private final Map<String, ProcessPolicy> policies = new LinkedHashMap<>();

	private final List<ProcessListener> listeners = new ArrayList<>();

	private final List<LaunchInterceptor> interceptors = new ArrayList<>();

	private @Nullable Executor executor;

	private int recentCapacity = DEFAULT_RECENT_CAPACITY;

	private int recentOutputBytes = 4096;

	private ConcurrencyPolicy concurrency = ConcurrencyPolicy.undecided();

	private @Nullable Path nativeLibrary;

	private boolean guarded;

	private boolean adopting;

	/**
	 * Tell why the native core of the jar cannot be used here.
	 * @return reason and remedy, {@code null} where it can
	 */
	public static @Nullable NativeCoreUnavailableException unavailabilityCause() {
		return JnrOperatingSystem.unavailabilityCause();
	}

	@Override
	public ProcessLauncher.Builder defaultPolicy(ProcessPolicy policy) {
		this.defaults = policy.orElse(ProcessPolicy.defaults());
		return this;
	}

	@Override
	public ProcessLauncher.Builder policy(String name, ProcessPolicy policy) {
		if (name.isBlank() || name.equals(ProcessLauncher.NO_POLICY)) {
			throw new IllegalArgumentException("A policy must not be named '" + name + "'");
		}
		this.policies.put(name, policy);
		return this;
	}

	@Override
	public ProcessLauncher.Builder listener(ProcessListener listener) {
		this.listeners.add(listener);
		return this;
	}

	@Override
	public ProcessLauncher.Builder interceptor(LaunchInterceptor interceptor) {
		this.interceptors.add(interceptor);
		return this;
	}

	@Override
	public ProcessLauncher.Builder executor(Executor executor) {
		this.executor = executor;
		return this;
	}

	@Override
	public ProcessLauncher.Builder concurrency(ConcurrencyPolicy concurrency) {
		this.concurrency = concurrency.orElse(ProcessPolicy.defaults().concurrency());
		return this;
	}

	@Override
	public ProcessLauncher.Builder recentCapacity(int capacity) {
		if (capacity < 0) {
			throw new IllegalArgumentException("recentCapacity must not be negative: " + capacity);
		}
		this.recentCapacity = capacity;
		return this;
	}

	@Override
	public ProcessLauncher.Builder recentOutput(int bytes) {
		if (bytes < 0) {
			throw new IllegalArgumentException("recentOutput must not be negative: " + bytes);
		}
		this.recentOutputBytes = bytes;
		return this;
	}

	@Override
	public ProcessLauncher.Builder nativeLibrary(@Nullable Path path) {
		this.nativeLibrary = path;
		return this;
	}

	@Override
	public ProcessLauncher.Builder guardian(boolean guarded) {
		this.guarded = guarded;
		return this;
	}

	@Override
	public ProcessLauncher.Builder adoptOrphans(boolean adopting) {
		this.adopting = adopting;
		return this;
	}

	@Override
	public ProcessLauncher build() {
		Map<String, ProcessPolicy> merged = new LinkedHashMap<>();
		this.policies.forEach((name, policy) -> merged.put(name, policy.orElse(this.defaults)));
		Path library = this.nativeLibrary;
		ApplicationExecutor application = (this.executor != null) ? ApplicationExecutor.over(this.executor)
				: ApplicationExecutor.ofOurOwn();
		SandboxRequirements sandboxes = SandboxRequirements.of(this.defaults, merged);
		boolean guarded = this.guarded;
		boolean adopting = this.adopting;
		ProcessPolicy policy = this.defaults;
		Admission admission = new Admission(this.concurrency, concurrencyOf(merged));
		return new DefaultProcessLauncher(policy, merged,
				new EngineStart(() -> loadEngine(library, guarded, adopting),
						(engine) -> sandboxes.check(engine.system().platform().sandbox()),
						(engine) -> Rehearsal.perform(engine, policy)),
				admission, new LiveProcessRegistry(this.recentCapacity, this.recentOutputBytes, admission),
				new Listeners(this.listeners), new Interceptors(this.interceptors), application);
	}

	/**
	 * What the defaults say holds for each policy by itself, and for ad-hoc commands as
	 * if they were one.
	 */
	private Map<String, ConcurrencyPolicy> concurrencyOf(Map<String, ProcessPolicy> policies) {
		Map<String, ConcurrencyPolicy> limits = new HashMap<>();
		policies.forEach((name, policy) -> limits.put(name, orUndecided(policy.concurrency())));
		limits.put(ProcessLauncher.NO_POLICY, orUndecided(this.defaults.concurrency()));
		return limits;
	}

	private static ConcurrencyPolicy orUndecided(@Nullable ConcurrencyPolicy policy) {
		return (policy != null) ? policy : ConcurrencyPolicy.undecided();
	}

	private static Engine loadEngine(@Nullable Path library, boolean guarded, boolean adopting) {
		OperatingSystem system = JnrOperatingSystem.load(library);
		return Engine.over(system, guarded ? GuardianProgram.find(library) : null, adopting);
	}

}
