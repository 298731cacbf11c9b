// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Starts very many processes one after the other, of all kinds and with all ends, and
 * says what they have left.
 */
public final class ShortLivedProcesses {

	private static final byte[] INPUT = "input\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);

	private ShortLivedProcesses() {
	}

	public static void main(String[] arguments) throws Exception {
		int count = Integer.parseInt(arguments[0]);
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			// compiled code, caches and pools are there once they were needed
			run(launcher, Math.max(count / 10, 500));
			int descriptors = Fixture.openDescriptors().size();
			int threads = TestJvm.threads();
			long heap = TestJvm.usedHeapKib();
			long resident = TestJvm.residentKib();
			long begun = System.nanoTime();
			run(launcher, count);
			TestJvm.say("processes", count);
			TestJvm.say("seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
			TestJvm.say("descriptorsMore", Fixture.openDescriptors().size() - descriptors);
			TestJvm.say("threadsMore", TestJvm.threads() - threads);
			TestJvm.say("heapKibMore", TestJvm.usedHeapKib() - heap);
			TestJvm.say("residentKibMore", TestJvm.residentKib() - resident);
			TestJvm.say("zombies", Fixture.zombies().size());
			TestJvm.say("live", launcher.processes().live().size());
		}
		System.exit(0);
	}

	private static void run(ProcessLauncher launcher, int count) throws Exception {
		for (int i = 0; i < count; i++) {
			switch (i % 5) {
				case 0 -> launcher.command("true").run();
				case 1 -> launcher.command("cat").input(INPUT).run();
				case 2 -> startAndClose(launcher);
				case 3 -> startAndWait(launcher);
				default -> fail(launcher);
			}
		}
	}

	private static void startAndClose(ProcessLauncher launcher) {
		launcher.command("sleep", "1000").pipeInput().start().close();
	}

	private static void startAndWait(ProcessLauncher launcher) throws Exception {
		ManagedProcess process = launcher.command("echo", "word").start();
		process.getInputStream().readAllBytes();
		process.result().get(30, TimeUnit.SECONDS);
	}

	private static void fail(ProcessLauncher launcher) {
		try {
			launcher.command("/no/such/program").run();
		}
		catch (ProcessStartException ex) {
			// as it should be
		}
	}

}
