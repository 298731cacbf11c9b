// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.comparison;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is aimed at: a ratio, a difference, or a number by itself.
 *
 * @param title what it says
 * @param relation how the two numbers make the measured one
 * @param first the first number: figure, contender and column
 * @param second the second one
 * @param bound the bound
 * @param atMost whether the measured number is to be at most the bound, or else at least
 */
record Goal(String title, Relation relation, Place first, @Nullable Place second, double bound, boolean atMost) {

	/**
	 * How two numbers are compared.
	 */
	enum Relation {

		RATIO, DIFFERENCE, NONE

	}

	/**
	 * A number.
	 *
	 * @param figure the figure
	 * @param contender whose
	 * @param column which column of it
	 */
	record Place(String figure, String contender, int column) {

	}

	/**
	 * Return the measured number.
	 * @param results what has been measured
	 * @return the number; {@code null} when what it is made of has not been measured
	 */
	@Nullable Double measured(Results results) {
		Double first = results.at(this.first);
		if (first == null || this.second == null) {
			return first;
		}
		Double second = results.at(this.second);
		if (second == null) {
			return null;
		}
		return (this.relation == Relation.DIFFERENCE) ? first - second : first / second;
	}

	boolean isMet(double measured) {
		return this.atMost ? measured <= this.bound : measured >= this.bound;
	}

	static List<Goal> all() {
		return List.of(most("spawn p50, bare ÷ floor", "spawn", "bare", "floor", 0, 1.2),
				most("spawn p50, managed ÷ floor", "spawn", "managed", "floor", 0, 1.35),
				least("spawn p50, ProcessBuilder 17 ÷ bare", "spawn", "jdk", "bare", 0, 15),
				least("spawn p50, ProcessBuilder 25 ÷ bare", "spawn", "jdk@25", "bare@25", 0, 15),
				least("spawn p50, ProcessBuilder VFORK ÷ bare", "spawn", "jdk+vfork", "bare", 0, 4),
				least("spawn p50, NuProcess ÷ bare", "spawn", "nuprocess", "bare", 0, 6),
				least("spawn p50, jnr-posix ÷ bare", "spawn", "jnr-posix", "bare", 0, 2.5),
				least("spawn p50, CPython ÷ bare", "spawn", "python", "bare", 0, 1.4),
				least("spawn p50, Go ÷ bare", "spawn", "go", "bare", 0, 2.5),
				most("capture and wait p50, managed ÷ floor", "capture", "managed", "floor", 0, 1.2),
				most("asynchronous p50, managed ÷ floor", "async", "managed", "floor", 0, 1.5),
				least("8 threads, managed ÷ floor", "rate-8", "managed", "floor", 0, 0.95),
				least("8 threads, managed ÷ ProcessBuilder 17", "rate-8", "managed", "jdk", 0, 5),
				most("large heap ÷ small heap, p50", "heap", "bare+heap", "bare", 0, 1.1),
				most("19,000 descriptors ÷ 100, p50", "descriptors", "bare:19000", "bare:100", 0, 1.5),
				most("exit notice p50 ÷ floor", "notice", "managed", "floor", 0, 1.3),
				most("exit notice p99 ÷ floor", "notice", "managed", "floor", 1, 2),
				least("output GB/s ÷ floor", "read", "bare", "floor", 0, 0.9),
				new Goal("output GB/s ÷ ProcessBuilder 17, 8 KiB", Relation.RATIO, new Place("read", "bare", 0),
						new Place("read-8k", "jdk", 0), 2.5, false),
				least("output GB/s ÷ ProcessBuilder 17, 64 KiB", "read", "bare", "jdk", 0, 1),
				most("output CPU s/GB ÷ floor", "read", "bare", "floor", 1, 1.15),
				least("cat GB/s ÷ floor", "cat", "bare", "floor", 0, 0.85),
				most("live: start all ÷ floor", "live", "bare", "floor", 0, 1.3),
				most("live: all ends noticed ÷ floor", "live", "bare", "floor", 4, 1.3),
				number("live: threads added", "live", "bare", 1, 3),
				number("live: descriptors each", "live", "bare", 2, 1.05),
				number("live: RSS each, KiB", "live", "bare", 3, 2),
				most("first launch at once ÷ ProcessBuilder 17", "first", "ours-at-once", "jdk-at-once", 0, 1.2),
				most("first launch after a second ÷ ProcessBuilder 17", "first", "ours-later", "jdk-later", 0, 1.2),
				new Goal("start of an application, ms added", Relation.DIFFERENCE, new Place("application", "with", 0),
						new Place("application", "without", 0), 30, true));
	}

	private static Goal most(String title, String figure, String above, String below, int column, double bound) {
		return new Goal(title, Relation.RATIO, new Place(figure, above, column), new Place(figure, below, column),
				bound, true);
	}

	private static Goal least(String title, String figure, String above, String below, int column, double bound) {
		return new Goal(title, Relation.RATIO, new Place(figure, above, column), new Place(figure, below, column),
				bound, false);
	}

	private static Goal number(String title, String figure, String contender, int column, double bound) {
		return new Goal(title, Relation.NONE, new Place(figure, contender, column), null, bound, true);
	}

}
