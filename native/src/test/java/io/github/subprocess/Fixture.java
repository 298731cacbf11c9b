// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Small misbehaving programs, and what {@code /proc} says about this JVM and its
 * children.
 */
public final class Fixture {

	private Fixture() {
	}

	public static String program(String name) {
		return Path.of(System.getProperty("subprocess.fixtures"), name).toString();
	}

	/**
	 * Return the descriptors of this JVM, but for the jars that it opens when it loads
	 * classes for the first time, and the one that the listing itself uses.
	 */
	public static Set<Integer> openDescriptors() {
		try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
			Set<Integer> numbers = new TreeSet<>();
			for (Path entry : entries.toList()) {
				String target = target(entry);
				if (target != null && !target.endsWith(".jar") && !target.matches("/proc/\\d+/fd")) {
					numbers.add(Integer.parseInt(entry.getFileName().toString()));
				}
			}
			return numbers;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static @Nullable String target(Path entry) {
		try {
			return Files.readSymbolicLink(entry).toString();
		}
		catch (IOException ex) {
			// the one that the listing itself used is gone by now
			return null;
		}
	}

	public static List<Long> zombies() {
		try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
			return entries.map((entry) -> entry.getFileName().toString())
				.filter((name) -> name.matches("\\d+"))
				.filter((name) -> isZombieOfThisJvm(name))
				.map(Long::valueOf)
				.collect(Collectors.toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isZombieOfThisJvm(String pid) {
		String[] fields = stat(pid);
		return fields.length > 1 && fields[0].equals("Z")
				&& fields[1].equals(String.valueOf(ProcessHandle.current().pid()));
	}

	/**
	 * Return whether a process exists and is no zombie.
	 */
	public static boolean isRunning(long pid) {
		String[] fields = stat(String.valueOf(pid));
		return fields.length > 0 && !fields[0].equals("Z") && !fields[0].equals("X");
	}

	private static String[] stat(String pid) {
		try {
			String stat = Files.readString(Path.of("/proc", pid, "stat"));
			return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		}
		catch (IOException ex) {
			return new String[0];
		}
	}

}
