// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.BufferedReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Virtual threads that wait give up their carriers.
 */
class VirtualThreadTests {

	private static final int THREADS = 1000;

	@Test
	@Timeout(180)
	@EnabledForJreRange(min = JRE.JAVA_24, disabledReason = "before, the JDK's own readers pin")
	void aThousandLaunchReadAndWaitAtOnceAndNoneIsPinned(@TempDir Path directory) throws Throwable {
		Path file = directory.resolve("pinned.jfr");
		try (Recording recording = new Recording(); ProcessLauncher launcher = ProcessLauncher.create()) {
			ExecutorService virtual = (ExecutorService) MethodHandles.publicLookup()
				.findStatic(Executors.class, "newVirtualThreadPerTaskExecutor",
						MethodType.methodType(ExecutorService.class))
				.invoke();
			// nearly all classes are loaded by then
			launchAll(virtual, launcher);
			recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO);
			recording.start();
			launchAll(virtual, launcher);
			virtual.shutdown();
			assertThat(virtual.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
			assertThat(launcher.processes().started()).isEqualTo(2 * THREADS);
			recording.stop();
			recording.dump(file);
		}
		assertThat(RecordingFile.readAllEvents(file)).filteredOn((event) -> !isAboutALoadedClass(event))
			.extracting(VirtualThreadTests::describe)
			.isEmpty();
	}

	/**
	 * Loading a class pins whoever needs it first, and whoever waits for him (JEP 491):
	 * that happens once, and nothing here can be done about it.
	 */
	private static boolean isAboutALoadedClass(RecordedEvent event) {
		RecordedStackTrace trace = event.getStackTrace();
		return trace != null && !trace.getFrames().isEmpty()
				&& trace.getFrames().get(0).getMethod().getType().getName().startsWith("jdk.internal.loader.");
	}

	private static void launchAll(ExecutorService virtual, ProcessLauncher launcher) throws Exception {
		List<Future<String>> answers = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			String word = "word-" + i;
			answers.add(virtual.submit(() -> launchReadAndWait(launcher, word)));
		}
		for (int i = 0; i < THREADS; i++) {
			assertThat(answers.get(i).get(150, TimeUnit.SECONDS)).isEqualTo("word-" + i);
		}
	}

	private static String launchReadAndWait(ProcessLauncher launcher, String word) throws Exception {
		try (ManagedProcess process = launcher.command("cat").pipeInput().start()) {
			try (var input = process.outputWriter()) {
				input.write(word + "\n");
			}
			try (BufferedReader reader = process.inputReader()) {
				String line = reader.readLine();
				process.awaitSuccess();
				return line;
			}
		}
	}

	private static String describe(RecordedEvent event) {
		return event.getEventType().getName() + " " + event.getStackTrace();
	}

}
