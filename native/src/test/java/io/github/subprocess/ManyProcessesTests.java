// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many processes need no more threads than one, and leave nothing.
 */
@Timeout(120)
class ManyProcessesTests {

	@Test
	void twoHundredLiveProcessesHaveAsManyThreadsAsOne() {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			List<ManagedProcess> processes = new ArrayList<>();
			processes.add(launcher.command("sleep", "100").start());
			await().until(() -> ourThreads().equals(List.of("subprocess-reactor")));
			int threadsWithOne = Thread.getAllStackTraces().size();
			for (int i = 1; i < 200; i++) {
				processes.add(launcher.command("sleep", "100").start());
			}
			assertThat(launcher.processes().live()).hasSize(200);
			assertThat(ourThreads()).containsExactly("subprocess-reactor");
			assertThat(Thread.getAllStackTraces().size()).isLessThanOrEqualTo(threadsWithOne);
			assertThat(launcher.stop().ended()).isEqualTo(200);
		}
		await().until(() -> ourThreads().isEmpty());
		assertThat(Fixture.zombies()).isEmpty();
	}

	@Test
	void descriptorsAreBackAfterManyRuns() {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			launcher.command("true").run();
			Set<String> before = Fixture.openDescriptors();
			for (int i = 0; i < 300; i++) {
				launcher.command("cat").input("x").run();
			}
			assertThat(Fixture.openDescriptors()).isEqualTo(before);
		}
	}

	@Test
	void closedLauncherReleasesItsDescriptors() {
		ProcessLauncher.create().close();
		Set<String> before = Fixture.openDescriptors();
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			launcher.command("true").run();
		}
		assertThat(Fixture.openDescriptors()).isEqualTo(before);
	}

	@Test
	void manyThreadsLaunchAtOnce() throws Exception {
		ExecutorService callers = Executors.newFixedThreadPool(8);
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			List<CompletableFuture<String>> answers = IntStream.range(0, 400)
				.mapToObj((i) -> CompletableFuture
					.supplyAsync(() -> launcher.command("echo", String.valueOf(i)).run().outputText().strip(), callers))
				.toList();
			for (int i = 0; i < answers.size(); i++) {
				assertThat(answers.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(String.valueOf(i));
			}
			assertThat(launcher.processes().started()).isEqualTo(400);
		}
		finally {
			callers.shutdown();
		}
		assertThat(Fixture.zombies()).isEmpty();
	}

	private static List<String> ourThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter(Thread::isAlive)
			.map(Thread::getName)
			.filter((name) -> name.startsWith("subprocess-"))
			.sorted()
			.toList();
	}

}
