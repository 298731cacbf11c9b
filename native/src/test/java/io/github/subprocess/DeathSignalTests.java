// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.policy.CredentialsPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SupplementaryGroups;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A child with a death signal ends with the JVM, and not with the thread that happened to
 * launch it.
 */
class DeathSignalTests {

	private static final ProcessPolicy BOUND = ProcessPolicy.undecided().withDeathSignal(ProcessSignal.KILL);

	@Test
	void childOutlivesTheThreadThatLaunchedIt() throws Exception {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			CompletableFuture<Path> task = new CompletableFuture<>();
			CompletableFuture<ManagedProcess> child = new CompletableFuture<>();
			Thread thread = new Thread(() -> {
				try {
					task.complete(Path.of("/proc").resolve(Files.readSymbolicLink(Path.of("/proc/thread-self"))));
					child.complete(launcher.command("sleep", "600").overrides(BOUND).start());
				}
				catch (IOException | RuntimeException ex) {
					child.completeExceptionally(ex);
				}
			});
			thread.start();
			ManagedProcess process = child.get(30, TimeUnit.SECONDS);
			thread.join();
			// the kernel sends the signal before the thread vanishes
			await().until(() -> !Files.exists(task.join()));
			assertThat(Fixture.isRunning(process.pid())).isTrue();
		}
	}

	@Test
	void childOutlivesTheVirtualThreadThatLaunchedIt() throws Throwable {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			CompletableFuture<ManagedProcess> child = new CompletableFuture<>();
			Thread thread = startVirtual(() -> {
				try {
					child.complete(launcher.command("sleep", "600").overrides(BOUND).start());
				}
				catch (RuntimeException ex) {
					child.completeExceptionally(ex);
				}
			});
			ManagedProcess process = child.get(30, TimeUnit.SECONDS);
			thread.join();
			assertThat(Fixture.isRunning(process.pid())).isTrue();
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.anyMatch((name) -> name.startsWith("subprocess-spawner-"));
		}
	}

	private static Thread startVirtual(Runnable task) throws Throwable {
		Assumptions.assumeTrue(Runtime.version().feature() >= 21, "there are no virtual threads before Java 21");
		return (Thread) MethodHandles.publicLookup()
			.findStatic(Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class))
			.invoke(task);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nobody" })
	void childEndsWithTheJvm(String user) throws Exception {
		Assumptions.assumeTrue(user.isEmpty() || "root".equals(System.getProperty("user.name")),
				"only root may become another user");
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			ManagedProcess jvm = launcher
				.command(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), Service.class.getName(), user)
				.start();
			long child;
			try (BufferedReader reader = jvm.inputReader()) {
				child = Long.parseLong(reader.readLine());
			}
			assertThat(Fixture.isRunning(child)).isTrue();
			jvm.toHandle().destroyForcibly();
			jvm.waitFor();
			await().until(() -> !Fixture.isRunning(child));
		}
	}

	@Test
	void childWithoutOneOutlivesTheJvm() throws Exception {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			ManagedProcess jvm = launcher
				.command(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), Service.class.getName(), "", "unbound")
				.start();
			long child;
			try (BufferedReader reader = jvm.inputReader()) {
				child = Long.parseLong(reader.readLine());
			}
			jvm.toHandle().destroyForcibly();
			jvm.waitFor();
			assertThat(Fixture.isRunning(child)).isTrue();
			ProcessHandle.of(child).orElseThrow().destroyForcibly();
		}
	}

	/**
	 * A service that starts a child and hangs.
	 */
	static final class Service {

		private Service() {
		}

		public static void main(String[] arguments) throws InterruptedException {
			ProcessPolicy policy = (arguments.length > 1) ? ProcessPolicy.undecided() : BOUND;
			if (!arguments[0].isEmpty()) {
				policy = policy.withCredentials(new CredentialsPolicy(arguments[0], null, SupplementaryGroups.none()));
			}
			ProcessLauncher launcher = ProcessLauncher.create();
			System.out.println(launcher.command("sleep", "600").overrides(policy).start().pid());
			Thread.sleep(TimeUnit.MINUTES.toMillis(10));
		}

	}

}
