// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.subprocess.Fixture;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessLauncher.CommandSpec;
import io.github.subprocess.TestJvm;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JVMs that are busy with something else, or have no reliable clock, launch all the same.
 */
@Tag("fault")
@Timeout(300)
class PressureTests {

	@TempDir
	Path folder;

	@Test
	void tinyHeapFullOfGarbage() {
		Map<String, Long> seen = run(TestJvm.command("16m"), PressureDriver.class, 30, 2);
		assertThat(seen).containsEntry("right", 30L).containsEntry("leaks", 0L);
		assertThat(seen.get("collections")).isGreaterThan(10);
	}

	@Test
	void debuggerThatMayCome() {
		Assumptions.assumeTrue(Files.exists(Path.of(System.getProperty("java.home"), "lib", "libjdwp.so")),
				"Needs a JDK with jdk.jdwp.agent");
		List<String> command = new ArrayList<>(TestJvm.command("64m"));
		command.add(1, "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0");
		assertThat(run(command, PressureDriver.class, 50, 0)).containsEntry("right", 50L).containsEntry("leaks", 0L);
	}

	@Test
	void wallClockThatJumps() {
		Map<String, Long> seen = run(TestJvm.command("64m"), ClockDriver.class);
		assertThat(seen).containsEntry("kept", 23L).containsEntry("leaks", 0L);
		assertThat(seen.get("days")).as("the clock jumps").isGreaterThan(1);
	}

	private Map<String, Long> run(List<String> jvm, Class<?> program, Object... arguments) {
		List<String> command = new ArrayList<>(jvm);
		command.add(1, "-Djava.io.tmpdir=" + this.folder);
		command.add(program.getName());
		Stream.of(arguments).map(String::valueOf).forEach(command::add);
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			CommandSpec spec = launcher.command(command).timeout(Duration.ofMinutes(4));
			if (program == ClockDriver.class) {
				spec.environment("LD_PRELOAD", Fixture.program("libjumping_clock.so"));
			}
			return spec.run()
				.outputLines()
				.stream()
				.filter((line) -> line.matches("[a-zA-Z]+=-?\\d+"))
				.map((line) -> line.split("="))
				.collect(Collectors.toMap((pair) -> pair[0], (pair) -> Long.valueOf(pair[1]), (a, b) -> b,
						TreeMap::new));
		}
	}

}
