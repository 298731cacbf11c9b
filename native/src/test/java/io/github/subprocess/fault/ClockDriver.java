// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

import io.github.subprocess.Fixture;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessTimeoutException;
import io.github.subprocess.TestJvm;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.TerminationPolicy;

/**
 * Launches with all kinds of deadlines, those that pass and those that do not, and says
 * how many of them were kept, and whether the wall clock has jumped meanwhile.
 */
public final class ClockDriver {

	private static final Duration SHORT = Duration.ofMillis(200);

	/**
	 * Much longer than a deadline on a slow machine, and much shorter than a jump.
	 */
	private static final Duration LONG = Duration.ofMinutes(1);

	private static final int LAUNCHES = 20;

	private ClockDriver() {
	}

	public static void main(String[] arguments) {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			launcher.command("/bin/true").run();
		}
		Leaks leaks = new Leaks();
		Set<Long> days = new HashSet<>();
		int kept = 0;
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			for (int i = 0; i < LAUNCHES; i++) {
				days.add(Duration.ofMillis(System.currentTimeMillis()).toDays());
				kept += isWithin(Duration.ZERO, launcher.command("/bin/cat").input("text").timeout(LONG).run()) ? 1 : 0;
			}
			kept += isEnded(ProcessOutcome.TIMEOUT, () -> launcher.command("/bin/sleep", "100").timeout(SHORT).run());
			kept += isEnded(ProcessOutcome.IDLE_TIMEOUT,
					() -> launcher.command("/bin/sleep", "100")
						.overrides(ProcessPolicy.undecided().withDeadlines(DeadlinesPolicy.undecided().withIdle(SHORT)))
						.run());
			kept += isForced(launcher) ? 1 : 0;
		}
		TestJvm.say("kept", kept);
		TestJvm.say("days", days.size());
		Set<String> more = leaks.more();
		System.out.println("It leaves " + more);
		TestJvm.say("leaks", more.size());
	}

	private static int isEnded(ProcessOutcome outcome, Supplier<ProcessResult> launch) {
		try {
			return -launch.get().output().bytes().length - 1;
		}
		catch (ProcessTimeoutException ex) {
			return (ex.result().outcome() == outcome && isWithin(SHORT, ex.result())) ? 1 : 0;
		}
	}

	private static boolean isForced(ProcessLauncher launcher) {
		ManagedProcess process = launcher.command(Fixture.program("ignore_sigterm"))
			.overrides(ProcessPolicy.undecided().withTermination(TerminationPolicy.undecided().withGracePeriod(SHORT)))
			.start();
		process.inputReader().lines().anyMatch("ready"::equals);
		process.close();
		ProcessResult result = process.result().join();
		return result.forced() && isWithin(SHORT, result);
	}

	private static boolean isWithin(Duration least, ProcessResult result) {
		return result.duration().compareTo(least) >= 0 && result.duration().compareTo(LONG) < 0;
	}

}
