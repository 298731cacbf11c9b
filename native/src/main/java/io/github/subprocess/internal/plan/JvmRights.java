// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM has and may do itself, as {@code /proc/self} tells (proc(5)): a child
 * cannot get more. What cannot be read is taken for permitted, so that nothing is refused
 * by mistake.
 *
 * @param capabilities the effective capabilities, a bit each (capabilities(7))
 * @param users real, effective, saved and file system user; empty: unknown
 * @param groups the same of the group
 * @param nice the nice value, {@code null}: unknown
 * @param oomScore the out-of-memory score, {@code null}: unknown
 * @param limits the resource limits; those that are not there are unknown
 */
record JvmRights(long capabilities, Set<Long> users, Set<Long> groups, @Nullable Integer nice,
		@Nullable Integer oomScore, Map<Resource, Limit> limits) {

	static final int CAP_SETGID = 6;

	static final int CAP_SETUID = 7;

	static final int CAP_SYS_NICE = 23;

	static final int CAP_SYS_RESOURCE = 24;

	private static final long ALL = -1;

	/**
	 * Where the numbers begin in {@code /proc/self/limits}, which has a line for each
	 * resource in the order of their numbers after the first one.
	 */
	private static final int NUMBERS = 26;

	/**
	 * Field of {@code /proc/self/stat} after the name of the program.
	 */
	private static final int NICE = 16;

	static JvmRights read() {
		List<String> status = lines("status");
		return new JvmRights(orElse(ALL, () -> readCapabilities(status)), orElse(Set.of(), () -> ids(status, "Uid:")),
				orElse(Set.of(), () -> ids(status, "Gid:")), readNice(), readOomScore(),
				orElse(Map.of(), JvmRights::readLimits));
	}

	/**
	 * Where {@code /proc} is imitated it may look otherwise.
	 */
	private static <T> T orElse(T unknown, Supplier<T> reading) {
		try {
			return reading.get();
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			return unknown;
		}
	}

	private static long readCapabilities(List<String> status) {
		return field(status, "CapEff:").map((bits) -> Long.parseUnsignedLong(bits, 16)).findFirst().orElse(ALL);
	}

	boolean may(int capability) {
		return (this.capabilities >>> capability & 1) != 0;
	}

	private static Stream<String> field(List<String> status, String name) {
		return status.stream()
			.filter((line) -> line.startsWith(name))
			.flatMap((line) -> Arrays.stream(line.substring(name.length()).strip().split("\\s+", -1)));
	}

	private static Set<Long> ids(List<String> status, String name) {
		return field(status, name).map(Long::valueOf).collect(Collectors.toSet());
	}

	private static @Nullable Integer readNice() {
		return number(String.join(" ", lines("stat")).replaceFirst(".*\\) ", "").split(" ", -1), NICE);
	}

	private static @Nullable Integer readOomScore() {
		return number(lines("oom_score_adj").toArray(String[]::new), 0);
	}

	private static @Nullable Integer number(String[] fields, int index) {
		try {
			return Integer.valueOf(fields[index].strip());
		}
		catch (NumberFormatException | ArrayIndexOutOfBoundsException ex) {
			return null;
		}
	}

	private static Map<Resource, Limit> readLimits() {
		Map<Resource, Limit> limits = new EnumMap<>(Resource.class);
		List<String> lines = lines("limits");
		for (Resource resource : Resource.values()) {
			if (lines.size() > resource.number() + 1) {
				String[] numbers = lines.get(resource.number() + 1).substring(NUMBERS).split("\\s+", -1);
				limits.put(resource, new Limit(value(numbers[0]), value(numbers[1])));
			}
		}
		return limits;
	}

	private static long value(String text) {
		return text.equals("unlimited") ? Limit.UNLIMITED : Long.parseLong(text);
	}

	private static List<String> lines(String file) {
		try {
			return Files.readAllLines(Path.of("/proc/self", file), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			return List.of();
		}
	}

}
