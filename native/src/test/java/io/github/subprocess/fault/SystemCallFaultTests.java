// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.TestJvm;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each system call of a launch, a watch and an end fails in turn, as it is seen to be
 * made. Either all is as usual, or somebody is told which error it was; and nothing is
 * left. What comes of each case stands in {@code docs/faults.md}. To write that anew run
 * this test with {@code -Dsubprocess.write-docs=true}; outcomes that it does not see are
 * kept.
 * <p>
 * By default the first one of several like calls fails, with
 * {@code -Dsubprocess.faults=12} the first twelve.
 */
@Tag("fault")
@Timeout(900)
class SystemCallFaultTests {

	private static final int MOST_OF_A_CALL = Integer.getInteger("subprocess.faults", 1);

	@TempDir
	Path folder;

	@ParameterizedTest
	@EnumSource
	void everyCallFailsOnce(Scenario scenario) throws Exception {
		List<String[]> lines = play(scenario);
		of("SKIPPED", lines).forEach((line) -> Assumptions.abort("Needs seccomp_unotify(2): " + line[1]));
		assertThat(of("WRONG", lines)).as("what is wrong").extracting((line) -> String.join(" ", line)).isEmpty();
		assertThat(of("DONE", lines)).as("it has come to its end").hasSize(1);
		Map<String, Set<String>> seen = new TreeMap<>();
		of("CASE", lines)
			.forEach((line) -> seen.computeIfAbsent(line[1] + " " + line[2] + " " + line[3], (key) -> new TreeSet<>())
				.add(line[5]));
		assertThat(seen).as("cases").hasSizeGreaterThan(20);
		Map<String, Set<String>> documented = FaultTable.read(scenario);
		if (Boolean.getBoolean("subprocess.write-docs")) {
			documented
				.forEach((what, outcomes) -> seen.computeIfAbsent(what, (key) -> new TreeSet<>()).addAll(outcomes));
			FaultTable.write(scenario, seen);
			return;
		}
		// a call may come, or not, at a moment at which nothing depends on it
		seen.values().forEach((outcomes) -> outcomes.remove(Outcome.AS_USUAL));
		seen.values().removeIf(Set::isEmpty);
		assertThat(seen).as("what docs/faults.md says").allSatisfy((what, outcomes) -> {
			assertThat(documented).containsKey(what);
			assertThat(documented.get(what)).as(what).containsAll(outcomes);
		});
	}

	private static List<String[]> of(String kind, List<String[]> lines) {
		return lines.stream().filter((line) -> line[0].equals(kind)).toList();
	}

	private List<String[]> play(Scenario scenario) throws Exception {
		Path temporary = Files.createDirectory(this.folder.resolve("t"));
		List<String> command = new ArrayList<>(TestJvm.command("128m"));
		command.addAll(1, List.of("-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary));
		command.addAll(List.of(FaultDriver.class.getName(), scenario.name(), String.valueOf(MOST_OF_A_CALL),
				this.folder.toString()));
		List<String> said = Collections.synchronizedList(new ArrayList<>());
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			launcher.command(command)
				.environment("PATH", "/usr/bin:/bin")
				.output(OutputTarget.lines(said::add))
				.error(OutputTarget.file(this.folder.resolve("errors")))
				.successExitCodes(Set.of(0, 3))
				.timeout(Duration.ofMinutes(14))
				.run();
		}
		assertThat(Files.readString(this.folder.resolve("errors"))).isEmpty();
		return said.stream().map((line) -> line.split("\t")).toList();
	}

}
