// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.subprocess.policy.ProcessPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Small misbehaving programs, and what {@code /proc} says about this JVM and its
 * children.
 */
public final class Fixture {

	/**
	 * The tag of tests that the build runs once for each way in which a child is born.
	 */
	public static final String EVERY_MECHANISM = "every-mechanism";

	private static final Pattern OF_THE_JVM = Pattern.compile(".*\\.jar|/dev/u?random|/(proc|sys)/.*");

	private Fixture() {
	}

	/**
	 * Return a launcher whose children are born as the build wants it.
	 */
	public static ProcessLauncher.Builder launcher() {
		String mechanism = System.getProperty("subprocess.mechanism");
		return ProcessLauncher.builder()
			.defaultPolicy(ProcessPolicy.undecided()
				.withMechanism((mechanism != null) ? SpawnMechanism.valueOf(mechanism) : null));
	}

	public static String program(String name) {
		return Path.of(System.getProperty("subprocess.fixtures"), name).toString();
	}

	/**
	 * Return the descriptors of this JVM and what they stand for, but for those that it
	 * opens by itself at any time: jars, sources of randomness, what the kernel tells.
	 */
	public static Set<String> openDescriptors() {
		try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
			Set<String> descriptors = new TreeSet<>();
			for (Path entry : entries.toList()) {
				String target = target(entry);
				if (target != null && !OF_THE_JVM.matcher(target).matches()) {
					descriptors.add(entry.getFileName() + " " + target);
				}
			}
			return descriptors;
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
