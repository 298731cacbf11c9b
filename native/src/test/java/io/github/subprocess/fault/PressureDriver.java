// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.TestJvm;

/**
 * Launches while other threads keep the collector of garbage busy. Says how many launches
 * answered as they should, how often garbage was collected, and how much is left.
 */
public final class PressureDriver {

	private static volatile Object kept;

	private PressureDriver() {
	}

	public static void main(String[] arguments) {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			launcher.command("/bin/true").run();
		}
		Leaks leaks = new Leaks();
		int launches = Integer.parseInt(arguments[0]);
		for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
			Thread thread = new Thread(PressureDriver::makeGarbage);
			thread.setDaemon(true);
			thread.start();
		}
		int right = 0;
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			for (int i = 0; i < launches; i++) {
				String text = "text " + i;
				right += launcher.command("/bin/cat").input(text).run().outputText().equals(text) ? 1 : 0;
			}
		}
		TestJvm.say("right", right);
		TestJvm.say("collections", TestJvm.collections());
		TestJvm.say("leaks", leaks.more().size());
		System.exit(0);
	}

	private static void makeGarbage() {
		List<byte[]> some = new ArrayList<>();
		while (true) {
			some.add(new byte[4096]);
			if (some.size() > 500) {
				some = new ArrayList<>();
			}
			kept = some;
		}
	}

}
