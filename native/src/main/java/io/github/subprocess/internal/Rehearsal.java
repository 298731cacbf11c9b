// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessLostException;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.internal.live.Followers;
import io.github.subprocess.internal.live.LiveProcess;
import io.github.subprocess.internal.live.ProcessIdentity;
import io.github.subprocess.internal.live.ProcessWatcher;
import io.github.subprocess.internal.live.StandardStreams;
import io.github.subprocess.internal.live.StreamOpenFailure;
import io.github.subprocess.internal.live.StreamPlan;
import io.github.subprocess.internal.plan.CommandLine;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;

/**
 * Goes the way of a launch without a child: most of what a first launch takes is the
 * loading of classes and the linking of what they call. Nothing is opened, born or
 * watched.
 */
final class Rehearsal {

	private static final System.Logger logger = System.getLogger(Rehearsal.class.getName());

	/**
	 * Absolute, so that nothing is searched for; executed by nobody.
	 */
	private static final String PROGRAM = "/";

	private static final int NOBODY = 0;

	private Rehearsal() {
	}

	/**
	 * Go the way.
	 * @param engine what to launch with
	 * @param defaults the policy of launches that name none
	 */
	static void perform(Engine engine, ProcessPolicy defaults) {
		try {
			rehearse(engine, defaults);
		}
		catch (StreamOpenFailure | RuntimeException | LinkageError ex) {
			// the first launch will tell, should that matter
			logger.log(System.Logger.Level.DEBUG, "A launch could not be rehearsed", ex);
		}
	}

	static void rehearse(Engine engine, ProcessPolicy defaults) throws StreamOpenFailure {
		ProcessPolicy undecided = ProcessPolicy.undecided();
		Launch launch = new Launch(CommandLine.of(List.of(PROGRAM), null), ProcessLauncher.NO_POLICY, undecided,
				new StreamPlan.NoInput(), OutputTarget.discard(), null, OutputTarget.discard());
		SpawnPlan plan = engine.compiler()
			.compile(launch.command(), launch.policyName(), undecided.orElse(defaults), Map.of());
		StandardStreams streams = StandardStreams.open(engine.system().descriptors(), engine.reactor(), Runnable::run,
				launch.streams());
		SpawnedChild child = new SpawnedChild(NOBODY, NOBODY, plan.programs().get(0), SpawnMechanism.VFORK,
				DescriptorClosing.UNSHARE, List.of());
		ProcessIdentity identity = new ProcessIdentity(PROGRAM, launch.policyName(), undecided,
				launch.command().arguments(), child, null, null, Followers.NONE, Instant.EPOCH, System.nanoTime(),
				Duration.ZERO);
		new LiveProcess(identity, engine.system(), engine.reactor(), streams, new Nobody(), engine.orphanage())
			.snapshot();
		streams.abandon();
	}

	/**
	 * Is told nothing, for nothing happens.
	 */
	private static final class Nobody implements ProcessWatcher {

		@Override
		public void pump(Runnable pump) {
		}

		@Override
		public void complete(Runnable completion) {
		}

		@Override
		public void remove(LiveProcess process) {
		}

		@Override
		public void ended(LiveProcess process, ProcessResult result) {
		}

		@Override
		public void lost(LiveProcess process, ProcessLostException failure) {
		}

	}

}
