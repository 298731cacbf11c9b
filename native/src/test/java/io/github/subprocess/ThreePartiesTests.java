// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import jnr.ffi.LibraryLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * This library, {@link Process} and a library in C have children in the same JVM at the
 * same time, and each gets the statuses of its own.
 */
@Timeout(180)
class ThreePartiesTests {

	private static final int CHILDREN = 1000;

	private static final int CODES = 100;

	private static final String PROGRAM = Fixture.program("exit_with");

	@Test
	void eachGetsTheStatusesOfItsOwnChildren() throws Exception {
		Foreign foreign = LibraryLoader.create(Foreign.class).load(Fixture.program("libforeign.so"));
		ExecutorService parties = Executors.newFixedThreadPool(3);
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			Future<Integer> ours = parties
				.submit(() -> wrong((code) -> launcher.command(PROGRAM, code).successExitCodes(Set.of()).start()));
			Future<Integer> jdk = parties.submit(() -> wrong((code) -> new ProcessBuilder(PROGRAM, code).start()));
			Future<Integer> foreigners = parties.submit(() -> foreign.foreign_children(CHILDREN));
			assertThat(ours.get(150, TimeUnit.SECONDS)).as("wrong statuses of ours").isZero();
			assertThat(jdk.get(150, TimeUnit.SECONDS)).as("wrong statuses of the JDK's").isZero();
			assertThat(foreigners.get(150, TimeUnit.SECONDS)).as("wrong statuses of the foreigner's").isZero();
			assertThat(launcher.processes().started()).isEqualTo(CHILDREN);
			assertThat(launcher.processes().live()).isEmpty();
		}
		finally {
			parties.shutdownNow();
		}
		await().untilAsserted(() -> assertThat(Fixture.zombies()).isEmpty());
		assertThat(ProcessHandle.current().children()).isEmpty();
	}

	private static int wrong(Starter starter) throws Exception {
		int wrong = 0;
		for (int i = 0; i < CHILDREN; i++) {
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

	@Test
	void processHandlesTellTheSame() throws Exception {
		try (ProcessLauncher launcher = ProcessLauncher.create();
				ManagedProcess process = launcher.command("sleep", "1000").start()) {
			ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
			assertThat(handle.isAlive()).isTrue();
			assertThat(ProcessHandle.current().children()).contains(handle);
			assertThat(handle.parent()).contains(ProcessHandle.current());
			assertThat(process.toHandle()).isEqualTo(handle);
			handle.destroyForcibly();
			assertThat(process.waitFor()).isEqualTo(137);
			process.result().get(10, TimeUnit.SECONDS);
			assertThat(handle.isAlive()).isFalse();
			assertThat(handle.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(handle);
		}
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
