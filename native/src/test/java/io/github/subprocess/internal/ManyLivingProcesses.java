// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.TestJvm;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;

/**
 * Starts very many processes in one process group, ends the group with one signal, and
 * says what that took.
 */
public final class ManyLivingProcesses extends SpecialSystem {

	private static final int FEW = 10;

	private final AtomicInteger group = new AtomicInteger();

	private ManyLivingProcesses() {
	}

	public static void main(String[] arguments) throws Exception {
		new ManyLivingProcesses().run(Integer.parseInt(arguments[0]));
		System.exit(0);
	}

	private void run(int count) throws Exception {
		CountDownLatch ended = new CountDownLatch(count);
		AtomicInteger killed = new AtomicInteger();
		try (ProcessLauncher launcher = launcher(ProcessPolicy.undecided().withSession(SessionMode.PROCESS_GROUP))) {
			start(launcher, FEW, ended, killed);
			TestJvm.touchYoungGeneration();
			long residentBefore = TestJvm.residentKib();
			int threadsBefore = TestJvm.threads();
			long begun = System.nanoTime();
			start(launcher, count - FEW, ended, killed);
			TestJvm.say("startMillis", millisSince(begun));
			TestJvm.say("live", launcher.processes().live().size());
			TestJvm.say("members", countGroupMembers(this.group.get()));
			TestJvm.say("threadsMore", TestJvm.threads() - threadsBefore);
			TestJvm.say("residentBytesPerChild", (TestJvm.residentKib() - residentBefore) * 1024 / (count - FEW));
			begun = System.nanoTime();
			signalGroup(this.group.get(), ProcessSignal.KILL.number());
			TestJvm.say("noticed", ended.await(120, TimeUnit.SECONDS) ? count : count - ended.getCount());
			TestJvm.say("noticeMillis", millisSince(begun));
			TestJvm.say("killed", killed.get());
			TestJvm.say("left", launcher.processes().live().size());
		}
	}

	private static void start(ProcessLauncher launcher, int count, CountDownLatch ended, AtomicInteger killed) {
		for (int i = 0; i < count; i++) {
			ManagedProcess process = launcher.command("sleep", "1000")
				.output(OutputTarget.discard())
				.error(OutputTarget.discard())
				.start();
			process.result().thenAccept((result) -> {
				if (result.status().toExitValue() == 128 + ProcessSignal.KILL.number()) {
					killed.incrementAndGet();
				}
				ended.countDown();
			});
		}
	}

	private static long millisSince(long begun) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
	}

	/**
	 * The first child leads a group, which the others join.
	 */
	@Override
	public SpawnedChild spawn(SpawnPlan plan) throws SpawnFailure {
		SpawnedChild child = super.spawn(new SpawnPlan(plan.programs(), plan.arguments(), plan.environment(),
				plan.workingDirectory(), plan.session(), this.group.get(), plan.descriptors(), plan.attributes(),
				plan.closing(), plan.mechanism()));
		this.group.compareAndSet(0, child.pid());
		return child;
	}

}
