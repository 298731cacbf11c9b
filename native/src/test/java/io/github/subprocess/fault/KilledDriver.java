// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.policy.ProcessPolicy;

/**
 * Launches without end, some that stay and some that end, whose policy is that they die
 * with the JVM; says how many it has launched. Is killed at some point.
 */
public final class KilledDriver {

	private static final int THREADS = 3;

	private static final int MOST_THAT_STAY = 60;

	private KilledDriver() {
	}

	public static void main(String[] arguments) {
		ProcessLauncher launcher = ProcessLauncher.builder()
			.guardian(true)
			.defaultPolicy(ProcessPolicy.undecided().withDeathSignal(ProcessSignal.KILL))
			.build();
		AtomicInteger launched = new AtomicInteger();
		for (int i = 0; i < THREADS; i++) {
			new Thread(() -> launch(launcher, arguments[0], launched)).start();
		}
	}

	private static void launch(ProcessLauncher launcher, String mark, AtomicInteger launched) {
		while (true) {
			launcher.command("/bin/cat").environment(Leaks.MARK, mark).input("text").run();
			if (launcher.processes().live().size() < MOST_THAT_STAY) {
				launcher.command("/bin/sleep", "600")
					.environment(Leaks.MARK, mark)
					.output(OutputTarget.discard())
					.error(OutputTarget.discard())
					.start();
			}
			System.out.println("launched " + launched.incrementAndGet());
		}
	}

}
