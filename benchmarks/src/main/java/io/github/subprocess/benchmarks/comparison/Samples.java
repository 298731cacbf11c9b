// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a contender answered, round by round.
 */
final class Samples {

	private final List<double[]> rounds = new ArrayList<>();

	void add(double[] round) {
		this.rounds.add(round);
	}

	boolean isEmpty() {
		return this.rounds.isEmpty();
	}

	/**
	 * Return the median over the rounds of the median of each.
	 */
	double p50() {
		return quantile(this.rounds.stream().mapToDouble((round) -> quantile(round, 0.5)).toArray(), 0.5);
	}

	/**
	 * Return the 99th percentile of all rounds together.
	 */
	double p99() {
		return quantile(this.rounds.stream().flatMapToDouble(Arrays::stream).toArray(), 0.99);
	}

	/**
	 * Return the median over the rounds of one number of the answer.
	 */
	double column(int index) {
		return quantile(this.rounds.stream().mapToDouble((round) -> round[index]).toArray(), 0.5);
	}

	private static double quantile(double[] values, double quantile) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[(int) Math.min(sorted.length - 1L, Math.round(quantile * (sorted.length - 1)))];
	}

}
