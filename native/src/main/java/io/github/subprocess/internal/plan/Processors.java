// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * The processors of the machine.
 */
final class Processors {

	private static final Path PRESENT = Path.of("/sys/devices/system/cpu/present");

	private Processors() {
	}

	/**
	 * Return the processors that are there, switched on or not.
	 * @return their numbers, none if the kernel does not tell
	 */
	static Set<Integer> present() {
		try {
			return parse(Files.readString(PRESENT).strip());
		}
		catch (IOException | NumberFormatException ex) {
			return Set.of();
		}
	}

	/**
	 * Read a list as the kernel writes it, {@code 0-3,8}.
	 */
	static Set<Integer> parse(String list) {
		Set<Integer> numbers = new TreeSet<>();
		for (String range : list.split(",", -1)) {
			int dash = range.indexOf('-');
			int first = Integer.parseInt((dash < 0) ? range : range.substring(0, dash));
			int last = (dash < 0) ? first : Integer.parseInt(range.substring(dash + 1));
			for (int number = first; number <= last; number++) {
				numbers.add(number);
			}
		}
		return numbers;
	}

}
