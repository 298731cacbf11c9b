// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import jnr.ffi.LibraryLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Has children started at the same time by this library, by {@link Process} and by a
 * library in C, and says how many statuses of each were wrong. A program of its own: what
 * a fork takes grows with the JVM that is forked.
 */
public final class ThreeParties {

	private static final int CODES = 100;

	private static final String PROGRAM = Fixture.program("exit_with");

	private final int children;

	private ThreeParties(int children) {
		this.children = children;
	}

	public static void main(String[] arguments) throws Exception {
		new ThreeParties(Integer.parseInt(arguments[0])).run();
		System.exit(0);
	}

	private void run() throws Exception {
		Foreign foreign = LibraryLoader.create(Foreign.class).load(Fixture.program("libforeign.so"));
		ExecutorService parties = Executors.newFixedThreadPool(3);
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			Future<Integer> ours = parties
				.submit(() -> wrong((code) -> launcher.command(PROGRAM, code).successExitCodes(Set.of()).start()));
			Future<Integer> jdk = parties.submit(() -> wrong((code) -> new ProcessBuilder(PROGRAM, code).start()));
			Future<Integer> foreigners = parties.submit(() -> foreign.foreign_children(this.children));
			TestJvm.say("wrongOfOurs", ours.get(150, TimeUnit.SECONDS));
			TestJvm.say("wrongOfTheJdk", jdk.get(150, TimeUnit.SECONDS));
			TestJvm.say("wrongOfTheForeigner", foreigners.get(150, TimeUnit.SECONDS));
			TestJvm.say("started", launcher.processes().started());
			TestJvm.say("live", launcher.processes().live().size());
		}
		finally {
			parties.shutdownNow();
		}
		await().untilAsserted(() -> assertThat(Fixture.zombies()).isEmpty());
		TestJvm.say("left", ProcessHandle.current().children().count());
	}

	private int wrong(Starter starter) throws Exception {
		int wrong = 0;
		for (int i = 0; i < this.children; i++) {
			Process process = starter.start(String.valueOf(i % CODES));
			if (process.waitFor() != i % CODES) {
				wrong++;
			}
			else if (process.isAlive()) {
				wrong++;
			}
			// a fork of the foreigner may have held the pipe, which stays open then
			process.getInputStream().close();
		}
		return wrong;
	}

	/**
	 * Starts a program that exits with a code.
	 */
	@FunctionalInterface
	interface Starter {

		Process start(String code) throws Exception;

	}

	/**
	 * See {@code libraries/foreign.c}.
	 */
	public interface Foreign {

		int foreign_children(int count);

	}

}
