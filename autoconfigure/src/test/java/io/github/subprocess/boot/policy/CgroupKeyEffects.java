// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessStartException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What limits of a cgroup do: the child reads them in its own cgroup where the kernel has
 * the controller. Where that is missing, or cannot be enabled, the launch fails with the
 * name of the controller and of the file, which is looked at instead, and said.
 */
final class CgroupKeyEffects {

	private static final Path NONE = Path.of("/no/such/cgroup");

	/**
	 * The root of version 2, or a path that is none.
	 */
	private static final Path ROOT = root();

	/**
	 * Below which cgroups are made: the root, or what is delegated to the JVM and holds
	 * the cgroup that it is in.
	 */
	static final Path PARENT = parent();

	private CgroupKeyEffects() {
	}

	/**
	 * The child is in a cgroup of its own below the root.
	 */
	static void isMade(ProcessLauncher launcher) {
		assumeRoot();
		assertThat(launcher.command("cat", "/proc/self/cgroup").policy("p").run().outputText())
			.containsPattern("0::/(.*/)?subprocess-\\d+-\\d+-\\d+-\\d+-p\n");
	}

	/**
	 * The child reads a limit of its own cgroup.
	 */
	static void isLimited(ProcessLauncher launcher, String file, String expected) {
		assumeRoot();
		String read = "cat " + own() + "/" + file;
		String controller = file.substring(0, file.indexOf('.'));
		try {
			assertThat(launcher.command("sh", "-c", read).policy("p").run().outputText()).isEqualTo(expected + "\n");
			System.out.println(file + ": read by the child");
		}
		catch (ProcessStartException ex) {
			assertThat(canEnable(controller)).as("the controller '" + controller + "' is there: " + ex.getMessage())
				.isFalse();
			assertThat(ex.step()).isEqualTo("cgroup");
			assertThat(ex.subject())
				.isEqualTo(PARENT + "/cgroup.subtree_control (+" + controller + ", for " + file + ")");
			System.out.println(file + ": no controller '" + controller + "' here, the refusal names it");
		}
	}

	private static void assumeRoot() {
		assumeTrue(isUsable(), "needs a cgroup2 hierarchy that may be changed");
	}

	static boolean isUsable() {
		return Files.isWritable(PARENT.resolve("cgroup.procs"));
	}

	/**
	 * Return whether a cgroup that is made can have limits of a controller.
	 */
	static boolean canEnable(String controller) {
		return words(PARENT.resolve("cgroup.controllers")).contains(controller)
				&& (!Files.exists(PARENT.resolve("cgroup.type")) || words(PARENT.resolve("cgroup.procs")).isEmpty());
	}

	/**
	 * The cgroup of a child, in the words of its shell.
	 */
	static String own() {
		return ROOT + "$(grep ^0:: /proc/self/cgroup | cut -d: -f3)";
	}

	private static List<String> words(Path file) {
		try {
			return Stream.of(Files.readString(file).split("\\s+")).filter((word) -> !word.isEmpty()).toList();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Path parent() {
		if (Files.isWritable(ROOT)) {
			return ROOT;
		}
		try (Stream<String> cgroups = Files.lines(Path.of("/proc/self/cgroup"))) {
			return cgroups.filter((line) -> line.startsWith("0::/") && line.length() > 4)
				.map((line) -> ROOT.resolve(line.substring(4)).getParent())
				.findFirst()
				.orElse(ROOT);
		}
		catch (IOException ex) {
			return ROOT;
		}
	}

	private static Path root() {
		try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
			return mounts.map((line) -> line.split(" "))
				.filter((fields) -> fields[2].equals("cgroup2"))
				.map((fields) -> Path.of(fields[1]))
				.findFirst()
				.orElse(NONE);
		}
		catch (IOException ex) {
			return NONE;
		}
	}

}
