// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was taken away, as the files of the kernel say: whoever took it can see here that
 * it is gone.
 */
final class Surroundings {

	/**
	 * The fields of {@code /proc/self/status}, and what they are called here.
	 */
	private static final Map<String, String> STATUS = Map.of("Pid:", "pid", "Uid:", "uid", "CapEff:", "capabilities",
			"NoNewPrivs:", "no-new-privileges", "Seccomp:", "seccomp");

	/**
	 * Limits of the container, with version 2 and 1 of cgroups.
	 */
	private static final Map<String, List<String>> LIMITS = Map.of("pids", List.of("pids.max", "pids/pids.max"),
			"memory", List.of("memory.max", "memory/memory.limit_in_bytes"));

	private Surroundings() {
	}

	static String describe() throws IOException {
		Stream<String> limits = LIMITS.entrySet()
			.stream()
			.map((limit) -> limit.getKey() + "=" + read(limit.getValue()));
		Path proc = Path.of("/proc/self");
		if (!Files.exists(proc)) {
			return "surroundings: proc=none " + limits.sorted().collect(Collectors.joining(" "));
		}
		Stream<String> status = Files.readAllLines(proc.resolve("status"))
			.stream()
			.map((line) -> line.split("\\s+"))
			.filter((words) -> STATUS.containsKey(words[0]))
			.map((words) -> STATUS.get(words[0]) + "=" + words[1]);
		Stream<String> mounts = Files.readAllLines(proc.resolve("mounts"))
			.stream()
			.map((line) -> line.split(" "))
			.filter((words) -> words[1].equals("/") || words[1].equals("/tmp"))
			.flatMap((words) -> Arrays.stream(words[3].split(","))
				.filter((option) -> option.equals("ro") || option.equals("rw") || option.equals("noexec"))
				.map((option) -> words[1] + "=" + option));
		return "surroundings: "
				+ Stream.of(status, mounts, limits).flatMap((each) -> each.sorted()).collect(Collectors.joining(" "));
	}

	private static String read(List<String> files) {
		Optional<Path> file = files.stream()
			.map(Path.of("/sys/fs/cgroup")::resolve)
			.filter(Files::isReadable)
			.findFirst();
		try {
			return file.isPresent() ? Files.readString(file.get()).strip() : "unknown";
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

}
