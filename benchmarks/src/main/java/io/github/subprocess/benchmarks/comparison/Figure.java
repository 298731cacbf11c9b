// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.comparison;

import java.util.List;

/**
 * What is measured.
 *
 * @param name its name
 * @param title what it is
 * @param columns the numbers that are shown
 * @param request what workers are asked
 * @param warmUp what they are asked before the first round; empty: nothing
 * @param rounds how often
 * @param contenders whom
 */
record Figure(String name, String title, List<Column> columns, String request, String warmUp, int rounds,
		List<String> contenders) {

	/**
	 * A number of an answer.
	 *
	 * @param title what it is
	 * @param kind how it is made of the answers
	 * @param index which one of an answer, for {@link Kind#ONE}
	 * @param scale what it is divided by
	 */
	record Column(String title, Kind kind, int index, double scale) {

		double of(Samples samples) {
			return switch (this.kind) {
				case P50 -> samples.p50();
				case P99 -> samples.p99();
				case ONE -> samples.column(this.index);
			} / this.scale;
		}

		static Column p50() {
			return new Column("p50 µs", Kind.P50, 0, 1000);
		}

		static Column p99() {
			return new Column("p99 µs", Kind.P99, 0, 1000);
		}

		static Column one(String title, int index) {
			return new Column(title, Kind.ONE, index, 1);
		}

	}

	enum Kind {

		P50, P99, ONE

	}

}
