// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessLauncher.CommandSpec;
import io.github.subprocess.TestJvm;
import io.github.subprocess.policy.CredentialsPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SupplementaryGroups;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where descriptors, processes or memory run out, each launch goes well or tells of it,
 * and nothing is left; and when there is enough again all launches go well.
 */
@Tag("fault")
@Timeout(300)
class ShortageTests {

	/**
	 * A user of whom nothing else runs.
	 */
	private static final String NOBODY_ELSE = "61347";

	private static final int KINDS_AFTERWARDS = 20 * 4;

	@TempDir
	Path folder;

	@Test
	void descriptors() throws Exception {
		Map<String, Long> seen = run(new ArrayList<>(TestJvm.command("64m")), "descriptors", null);
		assertNothingIsWrong(seen);
		assertThat(seen.get("told")).as("some launches had too few").isGreaterThan(5);
		assertThat(seen.get("well")).as("others had enough").isGreaterThan(KINDS_AFTERWARDS + 5);
	}

	@Test
	void memory() throws Exception {
		Map<String, Long> seen = run(new ArrayList<>(TestJvm.command("64m")), "memory", null);
		assertNothingIsWrong(seen);
	}

	@Test
	void processes() throws Exception {
		Assumptions.assumeTrue(Files.isWritable(Path.of("/proc/1/oom_score_adj")),
				"Needs root, to run as a user of whom nothing else runs");
		List<String> command = forOthers(TestJvm.command("64m"));
		Map<String, Long> seen = run(command, "processes", NOBODY_ELSE);
		assertNothingIsWrong(seen);
		assertThat(seen.get("told")).as("some launches had too few").isGreaterThan(2);
	}

	private static void assertNothingIsWrong(Map<String, Long> seen) {
		assertThat(seen).containsEntry("wrong", 0L).containsEntry("leaks", 0L).containsEntry("live", 0L);
		assertThat(seen.get("well")).isGreaterThanOrEqualTo(KINDS_AFTERWARDS);
	}

	private Map<String, Long> run(List<String> command, String what, String user) throws IOException {
		Path temporary = Files.createDirectory(this.folder.resolve("t"));
		Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwxr-xr-x"));
		Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
		command.addAll(1, List.of("-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary));
		command.addAll(List.of(ShortageDriver.class.getName(), what));
		List<String> said = new ArrayList<>();
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			CommandSpec spec = launcher.command(command)
				.output(OutputTarget.lines(said::add))
				.error(OutputTarget.merge())
				.timeout(Duration.ofMinutes(4));
			if (user != null) {
				spec.overrides(ProcessPolicy.undecided()
					.withCredentials(new CredentialsPolicy(user, user, SupplementaryGroups.none())))
					.workingDirectory(Path.of("/"));
			}
			spec.run();
		}
		finally {
			said.forEach(System.out::println);
		}
		return said.stream()
			.filter((line) -> line.matches("[a-zA-Z]+=-?\\d+"))
			.map((line) -> line.split("="))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> Long.valueOf(pair[1]), (a, b) -> b, TreeMap::new));
	}

	/**
	 * Return a command whose class path other users may read.
	 */
	private List<String> forOthers(List<String> command) throws IOException {
		List<String> readable = new ArrayList<>(command);
		int last = readable.size() - 1;
		List<String> paths = new ArrayList<>();
		for (String path : readable.get(last).split(":")) {
			Path copy = this.folder.resolve("cp" + paths.size()).resolve(Path.of(path).getFileName());
			if (path.matches(".*(classes|jffi|jnr|asm|jspecify).*")) {
				copyTree(Path.of(path), copy);
				paths.add(copy.toString());
			}
		}
		readable.set(last, String.join(":", paths));
		return readable;
	}

	private static void copyTree(Path from, Path to) throws IOException {
		Files.createDirectories(to.getParent());
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.toList()) {
				Path copy = to.resolve(from.relativize(file).toString());
				Files.copy(file, from.equals(file) ? to : copy, StandardCopyOption.COPY_ATTRIBUTES);
			}
		}
	}

}
