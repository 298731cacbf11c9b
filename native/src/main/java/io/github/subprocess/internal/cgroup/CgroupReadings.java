// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

import io.github.subprocess.CgroupFigures;
import io.github.subprocess.CgroupUsage;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the members of a cgroup have used. A file that is not there is no failure:
 * which there are depends on the controllers that are enabled.
 */
final class CgroupReadings {

	private CgroupReadings() {
	}

	/**
	 * Read what they use now, and what they have used so far.
	 */
	static CgroupFigures readNow(Path cgroup) {
		return new CgroupFigures(read(cgroup), pairs(cgroup.resolve("memory.current")).get(""),
				pairs(cgroup.resolve("pids.current")).get(""));
	}

	/**
	 * Read what they have used.
	 */
	static CgroupUsage read(Path cgroup) {
		Map<String, Long> cpu = pairs(cgroup.resolve("cpu.stat"));
		return new CgroupUsage(micros(cpu.get("user_usec")), micros(cpu.get("system_usec")),
				micros(cpu.get("throttled_usec")), pairs(cgroup.resolve("memory.peak")).get(""),
				pairs(cgroup.resolve("memory.events")).get("oom_kill"),
				pairs(cgroup.resolve("pids.events")).get("max"));
	}

	private static @Nullable Duration micros(@Nullable Long micros) {
		return (micros != null) ? Duration.of(micros, ChronoUnit.MICROS) : null;
	}

	/**
	 * Read lines of a name and a number, or one of a number alone, which has the empty
	 * name.
	 */
	private static Map<String, Long> pairs(Path file) {
		Map<String, Long> pairs = new HashMap<>();
		try {
			for (String line : Files.readAllLines(file)) {
				int space = line.indexOf(' ');
				pairs.put(line.substring(0, Math.max(space, 0)), Long.valueOf(line.substring(space + 1)));
			}
		}
		catch (IOException | NumberFormatException ex) {
			// not told
		}
		return pairs;
	}

}
