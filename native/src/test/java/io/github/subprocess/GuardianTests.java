// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.event.ProcessStartFailed;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * With a guardian, groups end with the JVM that launched them, however it ends.
 */
@Timeout(60)
class GuardianTests {

	@Test
	void groupsEndWithAKilledJvm() throws IOException {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			GuardedJvm jvm = new GuardedJvm(launcher);
			List<Long> tree = jvm.ask("tree");
			List<Long> group = jvm.ask("group");
			assertThat(tree).hasSize(3).allMatch(Fixture::isRunning);
			assertThat(group).hasSize(3).allMatch(Fixture::isRunning);
			jvm.kill();
			await().until(() -> Stream.of(tree, group).flatMap(List::stream).noneMatch(Fixture::isRunning));
		}
	}

	@Test
	void groupsEndWithAJvmThatExitsWithoutClosingItsLauncher() throws Exception {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			GuardedJvm jvm = new GuardedJvm(launcher);
			List<Long> tree = jvm.ask("tree");
			jvm.exit();
			await().until(() -> tree.stream().noneMatch(Fixture::isRunning));
		}
	}

	@Test
	void whatWasLeftRunningOrHasNoGroupOutlivesTheJvm() throws IOException {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			GuardedJvm jvm = new GuardedJvm(launcher);
			List<Long> left = jvm.ask("left");
			List<Long> shared = jvm.ask("inherit");
			List<Long> tree = jvm.ask("tree");
			ProcessHandle guardian = jvm.guardian();
			jvm.kill();
			await().until(() -> !Fixture.isRunning(guardian.pid()));
			assertThat(tree).noneMatch(Fixture::isRunning);
			assertThat(left).hasSize(1).allMatch(Fixture::isRunning);
			assertThat(shared).hasSize(1).allMatch(Fixture::isRunning);
			Stream.of(left, shared).flatMap(List::stream).forEach(GuardianTests::destroy);
		}
	}

	@Test
	void guardianThatWasKilledIsReplacedAndKnowsOldGroups() throws IOException {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			GuardedJvm jvm = new GuardedJvm(launcher);
			List<Long> before = jvm.ask("tree");
			ProcessHandle first = jvm.guardian();
			first.destroyForcibly();
			await().until(() -> !Fixture.isRunning(first.pid()));
			List<Long> after = jvm.ask("tree");
			assertThat(jvm.guardian()).isNotEqualTo(first);
			assertThat(before).allMatch(Fixture::isRunning);
			jvm.kill();
			await().until(() -> Stream.of(before, after).flatMap(List::stream).noneMatch(Fixture::isRunning));
		}
	}

	@Test
	void guardianThatWasKilledIsReplacedWithoutALaunch() throws IOException {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			GuardedJvm jvm = new GuardedJvm(launcher);
			List<Long> tree = jvm.ask("tree");
			ProcessHandle first = jvm.guardian();
			// one that ends at once is not replaced at once
			Instant old = first.info().startInstant().orElseThrow().plus(Duration.ofSeconds(2));
			await().until(() -> Instant.now().isAfter(old));
			first.destroyForcibly();
			await().until(() -> jvm.guardians().stream().anyMatch((guardian) -> !guardian.equals(first)));
			assertThat(tree).allMatch(Fixture::isRunning);
			jvm.kill();
			await().until(() -> tree.stream().noneMatch(Fixture::isRunning));
		}
	}

	@Test
	void closeLeavesNothingOfIt() throws IOException {
		try (ProcessLauncher warmUp = Fixture.launcher().build()) {
			warmUp.command("true").run();
		}
		Set<String> before = Fixture.openDescriptors();
		List<ProcessHandle> guardians;
		try (ProcessLauncher launcher = Fixture.launcher().guardian(true).build()) {
			assertThat(guardiansOf(ProcessHandle.current())).isEmpty();
			launcher.command("true").overrides(ProcessPolicy.undecided().withSession(SessionMode.INHERIT)).run();
			assertThat(guardiansOf(ProcessHandle.current())).as("not needed yet").isEmpty();
			launcher.command("true").run();
			launcher.command("sleep", "600").start();
			guardians = guardiansOf(ProcessHandle.current());
			assertThat(guardians).hasSize(1);
			assertThat(openDescriptorsOf(guardians.get(0))).containsExactly("0");
			assertThat(Files.readSymbolicLink(Path.of("/proc/" + guardians.get(0).pid() + "/exe")).toString())
				.as("its file is not left lying around")
				.endsWith(" (deleted)");
			launcher.stop();
			launcher.resume();
			launcher.command("true").run();
			assertThat(guardiansOf(ProcessHandle.current())).isEqualTo(guardians);
		}
		assertThat(Fixture.isRunning(guardians.get(0).pid())).isFalse();
		assertThat(Fixture.zombies()).isEmpty();
		assertThat(Fixture.openDescriptors()).isEqualTo(before);
	}

	@Test
	void launchFailsWhereTheGuardianCannotBeStarted(@TempDir Path directory) throws IOException {
		Path guardian = Files.writeString(directory.resolve("subprocess-guardian"), "no program");
		Files.setPosixFilePermissions(guardian, PosixFilePermissions.fromString("rwx------"));
		List<ProcessStartFailed> failures = new ArrayList<>();
		try (ProcessLauncher launcher = Fixture.launcher()
			.nativeLibrary(copyOfTheCore(directory))
			.guardian(true)
			.listener(new ProcessListener() {
				@Override
				public void onStartFailed(ProcessStartFailed event) {
					failures.add(event);
				}
			})
			.build()) {
			launcher.command("true").overrides(ProcessPolicy.undecided().withSession(SessionMode.INHERIT)).run();
			Set<String> before = Fixture.openDescriptors();
			assertThatExceptionOfType(ProcessStartException.class).isThrownBy(() -> launcher.command("true").run())
				.satisfies((ex) -> {
					assertThat(ex.step()).isEqualTo("guardian");
					assertThat(ex.errnoName()).isEqualTo("ENOEXEC");
					assertThat(ex.subject()).isEqualTo("exec " + guardian);
				});
			assertThat(failures).hasSize(1);
			assertThat(Fixture.openDescriptors()).isEqualTo(before);
			assertThat(Fixture.zombies()).isEmpty();
			assertThat(launcher.processes().live()).isEmpty();
		}
	}

	@Test
	void guardianIsLookedForBesideTheNamedCore(@TempDir Path directory) throws IOException {
		Path core = copyOfTheCore(directory);
		assertThatExceptionOfType(NativeCoreUnavailableException.class)
			.isThrownBy(() -> ProcessLauncher.builder().nativeLibrary(core).guardian(true).build().awaitReady())
			.withMessageContaining(directory.resolve("subprocess-guardian").toString())
			.satisfies((ex) -> assertThat(ex.remedy()).isNotBlank());
	}

	private static Path copyOfTheCore(Path directory) throws IOException {
		String architecture = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
		try (var in = GuardianTests.class.getClassLoader()
			.getResourceAsStream("META-INF/native/linux-" + architecture + "/libsubprocess.so")) {
			Path core = directory.resolve("libsubprocess.so");
			Files.copy(in, core, StandardCopyOption.REPLACE_EXISTING);
			return core;
		}
	}

	private static List<ProcessHandle> guardiansOf(ProcessHandle jvm) {
		return jvm.children().filter((child) -> {
			try {
				return Fixture.isRunning(child.pid())
						&& Files.readString(Path.of("/proc/" + child.pid() + "/comm")).equals("subproc-guard\n");
			}
			catch (IOException ex) {
				// it has ended meanwhile
				return false;
			}
		}).toList();
	}

	private static List<String> openDescriptorsOf(ProcessHandle process) throws IOException {
		try (Stream<Path> entries = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
			return entries.map((entry) -> entry.getFileName().toString()).toList();
		}
	}

	private static void destroy(long pid) {
		ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
	}

	/**
	 * A JVM whose launcher has a guardian, and which does what it is asked.
	 */
	private static final class GuardedJvm {

		private final ManagedProcess process;

		private final BufferedReader answers;

		GuardedJvm(ProcessLauncher launcher) {
			this.process = launcher
				.command(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"),
						"-Dsubprocess.fixtures=" + System.getProperty("subprocess.fixtures"), Service.class.getName())
				.pipeInput()
				.error(OutputTarget.inherit())
				.start();
			this.answers = this.process.inputReader();
		}

		/**
		 * Have something launched.
		 * @return the pids of all that runs then
		 */
		List<Long> ask(String what) throws IOException {
			this.process.getOutputStream().write((what + "\n").getBytes(StandardCharsets.UTF_8));
			this.process.getOutputStream().flush();
			return Arrays.stream(this.answers.readLine().split(" ")).map(Long::valueOf).toList();
		}

		ProcessHandle guardian() {
			await().until(() -> guardians().size() == 1);
			return guardians().get(0);
		}

		List<ProcessHandle> guardians() {
			return guardiansOf(this.process.toHandle());
		}

		void kill() {
			this.process.signal(ProcessSignal.KILL);
			this.process.result().join();
		}

		void exit() throws IOException {
			this.process.getOutputStream().close();
			assertThat(this.process.result().join().status()).isEqualTo(new ExitStatus.Exited(0));
		}

	}

	/**
	 * What runs in that JVM.
	 */
	static final class Service {

		private Service() {
		}

		public static void main(String[] arguments) throws IOException {
			ProcessLauncher launcher = ProcessLauncher.builder().guardian(true).build();
			BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			String request = requests.readLine();
			while (request != null) {
				System.out.println(String.join(" ", answer(launcher, request)));
				request = requests.readLine();
			}
			System.exit(0);
		}

		private static List<String> answer(ProcessLauncher launcher, String request) {
			return switch (request) {
				case "tree" -> tree(launcher, SessionMode.NEW_SESSION);
				case "group" -> tree(launcher, SessionMode.PROCESS_GROUP);
				case "inherit" -> List.of(String.valueOf(launcher.command("sleep", "600")
					.overrides(ProcessPolicy.undecided().withSession(SessionMode.INHERIT))
					.start()
					.pid()));
				case "left" -> List.of(launcher.command(Fixture.program("hold_pipe"))
					.overrides(ProcessPolicy.undecided()
						.withDeadlines(DeadlinesPolicy.undecided().withDrain(Duration.ofMillis(100))))
					.run()
					.outputText()
					.strip());
				default -> throw new IllegalArgumentException(request);
			};
		}

		private static List<String> tree(ProcessLauncher launcher, SessionMode session) {
			ManagedProcess tree = launcher.command(Fixture.program("fork_tree"), "2", "ignore")
				.overrides(ProcessPolicy.undecided().withSession(session))
				.start();
			List<String> pids = new ArrayList<>(List.of(String.valueOf(tree.pid())));
			try {
				BufferedReader reader = tree.inputReader();
				for (String line = reader.readLine(); !line.equals("ready"); line = reader.readLine()) {
					pids.add(line.strip());
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			return pids;
		}

	}

}
