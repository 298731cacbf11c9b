// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.github.subprocess.Fixture;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessExitException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.TestJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * JVMs, guardians and children are killed at points that nobody has chosen. The points
 * are those of a seed, which is printed and can be given:
 * {@code -Dsubprocess.faults.seed=1}. How many JVMs are killed:
 * {@code -Dsubprocess.faults.jvms=40}.
 */
@Tag("fault")
@Timeout(900)
class KilledTests {

	private static final int JVMS = Integer.getInteger("subprocess.faults.jvms", 3);

	/**
	 * With those that come after the last word.
	 */
	private static final int MOST_LAUNCHES = 50;

	private static final int CHILDREN = 300;

	private final Random random = random();

	@TempDir
	Path folder;

	private static Random random() {
		long seed = Long.getLong("subprocess.faults.seed", ThreadLocalRandom.current().nextLong());
		System.out.println("KilledTests: -Dsubprocess.faults.seed=" + seed);
		return new Random(seed);
	}

	@Test
	void nothingOutlivesAKilledJvm() throws Exception {
		int launches = 0;
		for (int i = 0; i < JVMS; i++) {
			launches += killJvm(i, false);
		}
		System.out.println("KilledTests: " + JVMS + " JVMs killed after " + launches + " launches");
	}

	@Test
	void nothingOutlivesAJvmWhoseGuardianWasKilledBefore() throws Exception {
		killJvm(JVMS, true);
	}

	private int killJvm(int number, boolean withGuardian) throws Exception {
		String mark = ProcessHandle.current().pid() + "-" + number;
		int last = 1 + this.random.nextInt(MOST_LAUNCHES);
		long pause = this.random.nextLong(3_000_000);
		Path temporary = Files.createDirectory(this.folder.resolve("t" + number));
		List<String> command = new ArrayList<>(TestJvm.command("64m"));
		command.addAll(1, List.of("-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary));
		command.addAll(List.of(KilledDriver.class.getName(), mark));
		try (ProcessLauncher launcher = ProcessLauncher.create();
				ManagedProcess jvm = launcher.command(command)
					.error(OutputTarget.file(this.folder.resolve("errors" + number)))
					.start()) {
			BufferedReader lines = jvm.inputReader(StandardCharsets.US_ASCII);
			awaitLaunches(lines, last);
			if (withGuardian) {
				long guardian = guardianOf(jvm.pid());
				ProcessHandle.of(guardian).orElseThrow().destroyForcibly();
				await().atMost(Duration.ofSeconds(60)).until(() -> !Fixture.isRunning(guardian));
				awaitLaunches(lines, 2 * MOST_LAUNCHES);
			}
			LockSupport.parkNanos(pause);
			jvm.signal(ProcessSignal.KILL);
			await().atMost(Duration.ofSeconds(60)).until(() -> marked(mark).isEmpty());
			await().atMost(Duration.ofSeconds(60)).until(() -> guardianOf(jvm.pid()) < 0);
		}
		assertThat(Fixture.zombies()).isEmpty();
		try (Stream<Path> left = Files.list(temporary)) {
			assertThat(left).as("temporary files").isEmpty();
		}
		return last;
	}

	private static void awaitLaunches(BufferedReader lines, int count) throws IOException {
		for (String line = lines.readLine(); !("launched " + count).equals(line); line = lines.readLine()) {
			assertThat(line).as("the JVM launches").startsWith("launched ");
		}
	}

	@Test
	void childrenThatAreKilledAreToldAndLeaveNothing() throws Exception {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			launcher.command("/bin/true").run();
			Set<String> before = Fixture.openDescriptors();
			AtomicBoolean over = new AtomicBoolean();
			Thread killer = new Thread(() -> killChildren(over));
			killer.start();
			int killed = 0;
			for (int i = 0; i < CHILDREN || killed == 0; i++) {
				killed += isKilled(launcher) ? 1 : 0;
			}
			over.set(true);
			killer.join();
			System.out.println("KilledTests: " + killed + " children of at least " + CHILDREN + " killed");
			assertThat(launcher.processes().live()).isEmpty();
			assertThat(Fixture.openDescriptors()).isEqualTo(before);
		}
		assertThat(Fixture.zombies()).isEmpty();
	}

	private static boolean isKilled(ProcessLauncher launcher) {
		try {
			ProcessResult result = launcher.command("/bin/sh", "-c", "cat; cat /proc/self/stat >/dev/null")
				.input("text")
				.run();
			assertThat(result.outputText()).isEqualTo("text");
			return false;
		}
		catch (ProcessExitException ex) {
			assertThat(ex).hasMessageContaining("SIGKILL");
			return true;
		}
		catch (ProcessStartException ex) {
			assertThat(ex.step()).isEqualTo("lost");
			assertThat(ex).hasMessageContaining("SIGKILL");
			return true;
		}
	}

	private void killChildren(AtomicBoolean over) {
		while (!over.get()) {
			LockSupport.parkNanos(this.random.nextLong(4_000_000));
			ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
		}
	}

	private static long guardianOf(long jvm) {
		return ProcessHandle.allProcesses()
			.filter((process) -> commandLine(process.pid()).equals("subprocess-guardian\0" + jvm + "\0"))
			.mapToLong(ProcessHandle::pid)
			.findFirst()
			.orElse(-1);
	}

	private static List<Long> marked(String mark) {
		return ProcessHandle.allProcesses()
			.map(ProcessHandle::pid)
			.filter((pid) -> read(pid, "environ").contains(Leaks.MARK + "=" + mark + "\0"))
			.filter(Fixture::isRunning)
			.toList();
	}

	private static String commandLine(long pid) {
		return read(pid, "cmdline");
	}

	private static String read(long pid, String file) {
		try {
			return Files.readString(Path.of("/proc", String.valueOf(pid), file), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			// it has ended
			return "";
		}
	}

}
