// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.comparison;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where things are, and how a contender is started. The name of a contender is that of a
 * worker, then what is special: {@code jdk@25} is on JDK 25, {@code jdk+vfork} has
 * another launch mechanism, {@code managed+heap} a large heap that was touched.
 *
 * @param target the folder of the built module
 * @param java17 home of the JDK that is the floor
 * @param java25 home of the newest one, or {@code null}
 * @param heap size of the large heap, as {@code -Xmx} takes it
 */
record Surroundings(Path target, Path java17, @Nullable Path java25, String heap) {

	/**
	 * Return how a contender is started.
	 * @return the command; {@code null} where it is not installed
	 */
	@Nullable List<String> command(String contender) {
		String name = contender.replaceAll("[@+:].*", "");
		return switch (name) {
			case "floor" -> List.of(this.target.resolve("c/floor").toString());
			case "python" -> List.of("python3", this.target.resolve("../src/main/python/worker.py").toString());
			case "go" -> existing(this.target.resolve("go-worker"));
			default -> java(contender, "worker.Worker", name);
		};
	}

	private static @Nullable List<String> existing(Path program) {
		return program.toFile().canExecute() ? List.of(program.toString()) : null;
	}

	@Nullable List<String> java(String contender, String main, String... arguments) {
		Path home = contender.contains("@25") ? this.java25 : this.java17;
		if (home == null) {
			return null;
		}
		List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString(), "-Duser.language=en"));
		if (contender.contains("@25")) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		if (contender.contains("+vfork")) {
			command.add("-Djdk.lang.Process.launchMechanism=VFORK");
		}
		command.addAll(contender.contains("+heap")
				? List.of("-Xms" + this.heap, "-Xmx" + this.heap, "-XX:+AlwaysPreTouch") : List.of("-Xmx512m"));
		command.addAll(
				List.of("-cp", this.target.resolve("classes") + File.pathSeparator + this.target.resolve("lib") + "/*",
						"io.github.subprocess.benchmarks." + main));
		command.addAll(List.of(arguments));
		return command;
	}

	String child(String name) {
		return this.target.resolve("c").resolve(name).toString();
	}

}
