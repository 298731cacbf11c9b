// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.TestJvm;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JVMs that are busy with something else launch all the same.
 */
@Tag("fault")
@Timeout(300)
class PressureTests {

	@Test
	void tinyHeapFullOfGarbage() {
		Map<String, Long> seen = run(TestJvm.command("16m"), 30, 2);
		assertThat(seen).containsEntry("right", 30L);
		assertThat(seen.get("collections")).isGreaterThan(10);
	}

	@Test
	void debuggerThatMayCome() {
		Assumptions.assumeTrue(Files.exists(Path.of(System.getProperty("java.home"), "lib", "libjdwp.so")),
				"Needs a JDK with jdk.jdwp.agent");
		List<String> command = new ArrayList<>(TestJvm.command("64m"));
		command.add(1, "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0");
		assertThat(run(command, 50, 0)).containsEntry("right", 50L);
	}

	private static Map<String, Long> run(List<String> jvm, int launches, int threads) {
		List<String> command = new ArrayList<>(jvm);
		command.addAll(List.of(PressureDriver.class.getName(), String.valueOf(launches), String.valueOf(threads)));
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			return launcher.command(command)
				.run()
				.outputLines()
				.stream()
				.filter((line) -> line.matches("[a-zA-Z]+=-?\\d+"))
				.map((line) -> line.split("="))
				.collect(Collectors.toMap((pair) -> pair[0], (pair) -> Long.valueOf(pair[1]), (a, b) -> b,
						TreeMap::new));
		}
	}

}
