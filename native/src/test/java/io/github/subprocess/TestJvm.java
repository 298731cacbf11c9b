// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Another JVM with the class path of this one, for programs that say what they have seen
 * as lines of {@code name=number}.
 */
public final class TestJvm {

	private TestJvm() {
	}

	/**
	 * Run a program to its end, and show what it said.
	 */
	public static Map<String, Long> run(ProcessLauncher launcher, String heap, Class<?> program, Object... arguments) {
		List<String> command = new ArrayList<>(command(heap));
		command.add(program.getName());
		for (Object argument : arguments) {
			command.add(String.valueOf(argument));
		}
		Map<String, Long> seen = launcher.command(command)
			.run()
			.outputLines()
			.stream()
			.filter((line) -> line.matches("[a-zA-Z]+=-?\\d+"))
			.map((line) -> line.split("="))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> Long.valueOf(pair[1]), (a, b) -> b, TreeMap::new));
		System.out.println(program.getSimpleName() + " " + seen);
		return seen;
	}

	/**
	 * Return the command of such a JVM, up to the name of the program.
	 */
	public static List<String> command(String heap) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap,
						"-XX:+UseSerialGC", "-Dsubprocess.fixtures=" + System.getProperty("subprocess.fixtures")));
		if (Runtime.version().feature() >= 22) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		Collections.addAll(command, "-cp", System.getProperty("java.class.path"));
		return command;
	}

	/**
	 * Say something, in such a program.
	 */
	public static void say(String name, long number) {
		System.out.println(name + "=" + number);
	}

	/**
	 * Return the resident set of this JVM.
	 */
	public static long residentKib() {
		try {
			return Files.readAllLines(Path.of("/proc/self/status"))
				.stream()
				.filter((line) -> line.startsWith("VmRSS:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
				.sum();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Fill the young generation once: it becomes resident as it is used for the first
	 * time, which says nothing about what is kept.
	 */
	public static void touchYoungGeneration() {
		long before = collections();
		int kept = 0;
		while (collections() == before) {
			kept ^= new byte[64 * 1024].hashCode();
		}
		say("touched", kept & 1);
	}

	/**
	 * Return how often garbage was collected.
	 */
	public static long collections() {
		return ManagementFactory.getGarbageCollectorMXBeans()
			.stream()
			.mapToLong(GarbageCollectorMXBean::getCollectionCount)
			.sum();
	}

	public static int threads() {
		return Thread.getAllStackTraces().size();
	}

	/**
	 * Return the used heap after a collection.
	 */
	public static long usedHeapKib() {
		System.gc();
		return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1024;
	}

}
