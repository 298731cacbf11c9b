// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.subprocess.LaunchRefusedException;
import io.github.subprocess.ProcessLostException;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessRefused;
import io.github.subprocess.event.ProcessRejected;
import io.github.subprocess.event.ProcessStarted;
import io.github.subprocess.internal.admission.Admission;
import io.github.subprocess.internal.admission.Place;
import io.github.subprocess.internal.live.EventLoop;
import io.github.subprocess.internal.live.Followers;
import io.github.subprocess.internal.live.LiveProcess;
import io.github.subprocess.internal.live.LiveProcessRegistry;
import io.github.subprocess.internal.live.ProcessWatcher;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * The way of a launch: compiled, let in, born, watched; and what happens then.
 */
final class Launching implements ProcessWatcher {

	private static final Duration LONGEST_BIRTH = Duration.ofSeconds(5);

	private final Admission admission;

	private final Births births;

	private final Map<LiveProcess, Place> places = new ConcurrentHashMap<>();

	private final LiveProcessRegistry registry;

	private final Listeners listeners;

	private final Interceptors interceptors;

	private final ApplicationExecutor executor;

	private final BirthsUnderWay underWay = new BirthsUnderWay();

	private volatile boolean stopped;

	Launching(Admission admission, LiveProcessRegistry registry, Listeners listeners, Interceptors interceptors,
			ApplicationExecutor executor) {
		this.admission = admission;
		this.births = new Births(registry, listeners, executor, this.underWay);
		this.registry = registry;
		this.listeners = listeners;
		this.interceptors = interceptors;
		this.executor = executor;
	}

	/**
	 * Compile commands, so that what cannot be launched does not wait, and wait for their
	 * places.
	 */
	List<Admitted> admit(List<Launch> launches, Engine engine) {
		long called = System.nanoTime();
		List<Followers> followers = new ArrayList<>(launches.size());
		for (Launch launch : launches) {
			followers.add(this.interceptors.follow(launch));
		}
		try {
			return admit(launches, followers, called, engine);
		}
		catch (RuntimeException | Error ex) {
			followers.forEach((those) -> those.notStarted(ex));
			throw ex;
		}
	}

	private List<Admitted> admit(List<Launch> launches, List<Followers> followers, long called, Engine engine) {
		List<SpawnPlan> plans = new ArrayList<>(launches.size());
		List<String> policies = new ArrayList<>(launches.size());
		for (int i = 0; i < launches.size(); i++) {
			Launch launch = launches.get(i);
			launch.checkTerminal();
			launch.checkSilenceIsNoticed();
			plans.add(compile(launch, followers.get(i), engine));
			policies.add(launch.policyName());
		}
		long begun = System.nanoTime();
		long compileNanos = (begun - called) / launches.size();
		List<Place> taken = List.of();
		try {
			checkAccepting(engine);
			taken = this.admission.enter(policies);
			checkAccepting(engine);
		}
		catch (ProcessRejectedException ex) {
			taken.forEach(Place::giveBack);
			rejected(launches.get(0), ex, Duration.ofNanos(System.nanoTime() - begun));
			throw ex;
		}
		Duration waited = Duration.ofNanos(System.nanoTime() - begun);
		List<Admitted> admitted = new ArrayList<>(launches.size());
		for (int i = 0; i < launches.size(); i++) {
			admitted
				.add(new Admitted(launches.get(i), plans.get(i), compileNanos, taken.get(i), waited, followers.get(i)));
		}
		return admitted;
	}

	private SpawnPlan compile(Launch launch, Followers followers, Engine engine) {
		try {
			return engine.compiler()
				.compile(launch.command(), launch.policyName(), launch.policy(), followers.variables());
		}
		catch (LaunchRefusedException ex) {
			this.listeners.refused(new ProcessRefused(launch.policyName(), launch.command().program(), ex));
			throw ex;
		}
	}

	private void checkAccepting(Engine engine) {
		if (this.stopped) {
			throw new ProcessRejectedException("The process launcher has been stopped");
		}
		if (engine.reactor().isOutOfOrder()) {
			throw new ProcessRejectedException("The process launcher cannot watch processes: see the log");
		}
	}

	/**
	 * Whoever stops either finds this birth under way, or has been seen to stop here.
	 */
	private void beginBirth(Admitted admitted, Engine engine) {
		this.underWay.begin();
		try {
			checkAccepting(engine);
		}
		catch (ProcessRejectedException ex) {
			this.underWay.end();
			rejected(admitted.launch(), ex, admitted.waited());
			throw ex;
		}
	}

	private void rejected(Launch launch, ProcessRejectedException ex, Duration waited) {
		this.registry.launchRejected();
		this.listeners
			.rejected(new ProcessRejected(launch.policyName(), launch.command().program(), ex.reason(), waited));
	}

	/**
	 * Start what has been let in. Its place is given back when it has ended, or now if it
	 * cannot be started.
	 * @param admitted what
	 * @param engine what bears it
	 * @param loop what watches it
	 * @return the live process
	 */
	LiveProcess start(Admitted admitted, Engine engine, EventLoop loop) {
		LiveProcess process;
		try {
			beginBirth(admitted, engine);
			long begun = System.nanoTime() - admitted.compileNanos();
			process = bear(admitted, begun, engine, loop);
		}
		catch (RuntimeException | Error ex) {
			this.underWay.end();
			abandon(admitted, ex);
			throw ex;
		}
		this.places.put(process, admitted.place());
		this.registry.add(process);
		this.underWay.end();
		return watch(process, admitted.waited());
	}

	private LiveProcess bear(Admitted admitted, long begun, Engine engine, EventLoop loop) {
		try {
			engine.reactor().begin();
			this.executor.tryAgainIn(engine.reactor());
			return this.births.bear(admitted.launch(), admitted.plan(), begun, engine, loop, this,
					admitted.followers());
		}
		catch (OutOfMemoryError ex) {
			if (!ThreadShortage.isMeantBy(ex)) {
				throw ex;
			}
			SystemCallFailure failure = ThreadShortage.failure();
			throw startFailed(admitted.launch(), begun, failure.call(), failure, null);
		}
	}

	/**
	 * What has been let in will not be started.
	 * @param admitted what
	 * @param failure why
	 */
	void abandon(Admitted admitted, Throwable failure) {
		admitted.place().giveBack();
		admitted.followers().notStarted(failure);
	}

	private LiveProcess watch(LiveProcess process, Duration waited) {
		Followers followers = process.identity().followers();
		if (!this.listeners.isEmpty() || !followers.isEmpty()) {
			ProcessStarted event = new ProcessStarted(process.snapshot(), waited);
			this.listeners.started(event);
			followers.started(event);
		}
		process.begin();
		if (this.stopped) {
			// its birth may have taken longer than stop() waits for it
			process.terminate(TerminationReason.SHUTDOWN);
		}
		return process;
	}

	ProcessStartException startFailed(Launch launch, long begun, String step, SystemCallFailure failure,
			@Nullable String subject) {
		return this.births.startFailed(launch, begun, step, failure, subject);
	}

	/**
	 * Let nobody in any more, and turn away who waits.
	 */
	void stop() {
		this.stopped = true;
		this.admission.stop();
	}

	/**
	 * Wait for those births that have begun before the stop, as long as the kernel gets
	 * to end a process.
	 */
	void awaitBirths() {
		this.underWay.awaitNone(LONGEST_BIRTH);
	}

	/**
	 * Return whether a process is being born that is not among the live ones yet.
	 */
	boolean isBearing() {
		return this.underWay.areAny();
	}

	void resume() {
		this.admission.resume();
		this.stopped = false;
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
		Followers followers = process.identity().followers();
		if (!this.listeners.isEmpty() || !followers.isEmpty()) {
			ProcessEnded event = new ProcessEnded(LiveProcessRegistry.withoutOutput(process.snapshot()), result);
			Runnable telling = () -> {
				this.listeners.ended(event);
				followers.ended(event);
			};
			if (!process.runByWhoWaits(telling)) {
				this.executor.tell(telling);
			}
		}
	}

	@Override
	public void lost(LiveProcess process, ProcessLostException failure) {
		Followers followers = process.identity().followers();
		if (!followers.isEmpty()) {
			this.executor.tell(() -> followers.lost(failure));
		}
	}

	boolean isStopped() {
		return this.stopped;
	}

}
