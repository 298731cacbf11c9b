// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that was probably meant.
 */
final class NearestName {

	private NearestName() {
	}

	/**
	 * Return the known name with the least edits from what was written.
	 * @param written what was written
	 * @param known what could have been meant
	 * @return the nearest name, or empty when none is near
	 */
	static Optional<String> of(String written, Collection<String> known) {
		String uniform = uniform(written);
		int limit = Math.max(1, uniform.length() / 3);
		return known.stream()
			.filter((name) -> distance(uniform, uniform(name)) <= limit)
			.min(Comparator.comparingInt((name) -> distance(uniform, uniform(name))));
	}

	private static String uniform(String name) {
		return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Count insertions, deletions, replacements and swaps of neighbours.
	 */
	private static int distance(String a, String b) {
		int[][] edits = new int[a.length() + 1][b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			for (int j = 0; j <= b.length(); j++) {
				edits[i][j] = (i == 0 || j == 0) ? i + j : cheapest(edits, a, b, i, j);
			}
		}
		return edits[a.length()][b.length()];
	}

	private static int cheapest(int[][] edits, String a, String b, int i, int j) {
		int replace = edits[i - 1][j - 1] + ((a.charAt(i - 1) == b.charAt(j - 1)) ? 0 : 1);
		int least = Math.min(replace, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
		boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
		return swapped ? Math.min(least, 1 + edits[i - 2][j - 2]) : least;
	}

}
