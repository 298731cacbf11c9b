// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;
import java.time.Instant;

import io.github.subprocess.ProcessStartException;
import io.github.subprocess.event.ProcessStartFailed;
import io.github.subprocess.internal.live.AbandonedChild;
import io.github.subprocess.internal.live.EventLoop;
import io.github.subprocess.internal.live.Followers;
import io.github.subprocess.internal.live.GuardianFailure;
import io.github.subprocess.internal.live.LiveProcess;
import io.github.subprocess.internal.live.LiveProcessRegistry;
import io.github.subprocess.internal.live.ProcessIdentity;
import io.github.subprocess.internal.live.ProcessWatcher;
import io.github.subprocess.internal.live.StandardStreams;
import io.github.subprocess.internal.live.StreamOpenFailure;
import io.github.subprocess.internal.plan.PinnedProgram;
import io.github.subprocess.internal.tree.TreeToken;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * Opens the streams of a child and has it born. What fails on the way is told with its
 * step, and leaves nothing open.
 */
final class Births {

	private static final String GUARDIAN_STEP = "guardian";

	private final LiveProcessRegistry registry;

	private final Listeners listeners;

	private final ApplicationExecutor executor;

	private final BirthsUnderWay underWay;

	private final ProcessIds ids = new ProcessIds();

	Births(LiveProcessRegistry registry, Listeners listeners, ApplicationExecutor executor, BirthsUnderWay underWay) {
		this.registry = registry;
		this.listeners = listeners;
		this.executor = executor;
		this.underWay = underWay;
	}

	/**
	 * Have a child born.
	 * @param launch what
	 * @param plan the same, compiled
	 * @param begun when its launch began, in the time of {@link System#nanoTime}
	 * @param engine what bears it
	 * @param loop what will watch it
	 * @param watcher whom it will tell
	 * @param followers who goes along with it
	 * @return the child, whom nobody watches yet
	 * @throws ProcessStartException if it cannot be born
	 */
	LiveProcess bear(Launch launch, SpawnPlan plan, long begun, Engine engine, EventLoop loop, ProcessWatcher watcher,
			Followers followers) {
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
		BirthPlace place;
		try {
			place = BirthPlace.prepare(engine.cgroups(), launch);
		}
		catch (SpawnFailure ex) {
			streams.abandon();
			throw startFailed(launch, begun, ex.step().text(), ex, ex.subject());
		}
		catch (RuntimeException | Error ex) {
			streams.abandon();
			throw ex;
		}
		try {
			SpawnPlan ready = pinned(launch, marked, engine, streams).withDescriptors(streams.childEnds());
			child = spawn(engine, place.in(ready), launch.startDeadline(), token, streams, place);
		}
		catch (StartDeadlinePassed ex) {
			// the child's ends stay open until the birth is over
			throw startFailed(launch, begun, ex.call(), ex, null);
		}
		catch (SpawnFailure ex) {
			streams.abandon();
			place.abandon();
			throw startFailed(launch, begun, ex.step().text(), ex, ex.subject());
		}
		catch (GuardianFailure ex) {
			streams.abandon();
			place.abandon();
			throw startFailed(launch, begun, GUARDIAN_STEP, ex.failure(), ex.subject());
		}
		catch (RuntimeException | Error ex) {
			streams.abandon();
			place.abandon();
			throw ex;
		}
		long bornNanos = System.nanoTime();
		streams.closeChildEnds();
		ProcessIdentity identity = new ProcessIdentity(this.ids.next(), launch.policyName(), launch.policy(),
				launch.command().arguments(), place.tell(child), token, place.of(child), followers, Instant.now(),
				bornNanos, Duration.ofNanos(bornNanos - begun));
		return new LiveProcess(identity, engine.system(), loop, streams, watcher, engine.orphanage());
	}

	private static SpawnPlan pinned(Launch launch, SpawnPlan plan, Engine engine, StandardStreams streams)
			throws SpawnFailure {
		if (!PinnedProgram.isWanted(launch.policy())) {
			return plan;
		}
		String path = plan.programs().get(0);
		try {
			int file = PinnedProgram.open(engine.system().descriptors(), launch.policyName(),
					launch.command().program(), path);
			streams.keepUntilBirth(file);
			return plan.withAttributes(plan.attributes().withProgramFile(file));
		}
		catch (SystemCallFailure ex) {
			throw new SpawnFailure(ChildStep.EXEC, ex.errno(), ex.errnoName(), ex.errnoText(), path);
		}
	}

	private SpawnedChild spawn(Engine engine, SpawnPlan plan, Duration deadline, @Nullable TreeToken token,
			StandardStreams streams, BirthPlace place) throws SpawnFailure, StartDeadlinePassed {
		if (deadline.isZero()) {
			return engine.spawners().spawn(plan);
		}
		return engine.spawners().spawn(plan, deadline, (late) -> {
			if (late != null) {
				AbandonedChild.end(engine.system(), late, plan.session() != SessionMode.INHERIT, token,
						engine.orphanage());
			}
			place.abandon();
			streams.abandon();
		});
	}

	/**
	 * Tell everybody that a child could not be born.
	 * @param launch what
	 * @param begun when its launch began
	 * @param step the step that failed
	 * @param failure how
	 * @param subject the guilty argument, if there is one
	 * @return the exception to throw
	 */
	ProcessStartException startFailed(Launch launch, long begun, String step, SystemCallFailure failure,
			@Nullable String subject) {
		this.underWay.end();
		ProcessStartException exception = new ProcessStartException(launch.policyName(), launch.command().program(),
				step, failure.errno(), failure.errnoName(), failure.errnoText(), subject);
		this.registry.startFailed();
		this.listeners.startFailed(new ProcessStartFailed(launch.policyName(), launch.command().program(), exception,
				Duration.ofNanos(System.nanoTime() - begun)));
		return exception;
	}

}
