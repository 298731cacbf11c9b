// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.comparison;

import java.util.List;

import io.github.subprocess.benchmarks.comparison.Figure.Column;

/**
 * All figures.
 */
final class Figures {

	/**
	 * Launches before the first round, enough for the compilers of the JVM.
	 */
	private static final int WARM_UP = 4000;

	/**
	 * The same where one of them takes a twentieth of a second.
	 */
	private static final int FEW = 300;

	private static final List<Column> LATENCY = List.of(Column.p50(), Column.p99());

	private final Surroundings at;

	private final int rounds;

	private final int samples;

	private final int live;

	Figures(Surroundings at, int rounds, int samples, int live) {
		this.at = at;
		this.rounds = rounds;
		this.samples = samples;
		this.live = live;
	}

	List<Figure> all() {
		String gate = this.at.child("wait_for_gate") + " " + this.at.child("gate") + " ";
		return List.of(launches("spawn", "Spawn, from the call until the program runs", "spawn", "end_at_once", "floor",
				"bare", "managed", "bare@25", "jdk", "jdk@25", "jdk+vfork", "nuprocess", "jnr-posix", "python", "go"),
				launches("run", "Spawn and wait, in the calling thread", "run", "end_at_once", "floor", "bare",
						"managed", "bare@25", "jdk", "jdk@25", "jdk+vfork", "zt-exec", "commons-exec", "jnr-posix",
						"python", "go"),
				launches("capture", "Spawn, capture 16 bytes and wait, in the calling thread", "capture",
						"write_sixteen", "floor", "bare", "managed", "managed@25", "jdk", "jdk@25", "zt-exec",
						"commons-exec", "python", "go"),
				launches("async", "Spawn, capture 16 bytes and wait for a future", "async-capture", "write_sixteen",
						"floor", "managed", "managed@25", "jdk", "jdk@25", "nuprocess"),
				rate(1), rate(8),
				new Figure("notice", "Exit notice, from the child's last event until a callback runs", LATENCY,
						"notice " + gate + this.samples, "run " + this.at.child("end_at_once") + " " + WARM_UP,
						this.rounds, List.of("floor", "bare", "managed", "bare@25", "jdk", "jdk@25")),
				read("read-8k", 8192, "jdk", "jdk@25"),
				read("read", 65536, "floor", "bare", "managed", "bare@25", "jdk", "jdk@25", "python"),
				new Figure("cat", "Both directions through cat", List.of(Column.one("GB/s", 0)), "cat 512", "cat 512",
						this.rounds, List.of("floor", "bare", "managed", "jdk", "jdk@25")),
				new Figure("live", this.live + " live children",
						List.of(Column.one("start all, s", 0), Column.one("threads", 1),
								Column.one("descriptors each", 2), Column.one("RSS each, KiB", 3),
								Column.one("all ends noticed, s", 4)),
						"live " + gate + this.live, "", 1, // threads of the first round
															// would serve the second
						List.of("floor", "bare", "jdk", "jdk@25")),
				launches("heap", "Spawn with a large heap that was touched, and with a small one", "spawn",
						"end_at_once", "bare", "bare+heap", "jdk", "jdk+heap"),
				launches(FEW, "descriptors", "Spawn with 19,000 open descriptors, and with 100", "spawn", "end_at_once",
						"floor:100", "floor:19000", "bare:100", "bare:19000", "jdk:100", "jdk:19000"),
				new Figure("allocation", "Java allocation of the calling thread, launch and wait",
						List.of(Column.one("bytes", 0)),
						"allocation " + this.at.child("end_at_once") + " " + this.samples,
						"run " + this.at.child("end_at_once") + " " + WARM_UP, this.rounds,
						List.of("bare", "managed", "jdk", "nuprocess", "zt-exec", "commons-exec")));
	}

	private Figure launches(String name, String title, String request, String child, String... contenders) {
		return launches(WARM_UP, name, title, request, child, contenders);
	}

	private Figure launches(int warmUp, String name, String title, String request, String child, String... contenders) {
		String asked = request + " " + this.at.child(child) + " ";
		return new Figure(name, title, LATENCY, asked + this.samples, asked + warmUp, this.rounds, List.of(contenders));
	}

	private Figure rate(int threads) {
		String asked = "rate " + this.at.child("end_at_once") + " " + threads + " ";
		return new Figure("rate-" + threads, "Processes run a second, " + threads + " thread(s)",
				List.of(Column.one("a second", 0)), asked + 10, asked + 60, this.rounds,
				List.of("floor", "bare", "managed", "jdk", "jdk@25", "python", "go"));
	}

	private Figure read(String name, int piece, String... contenders) {
		String asked = "read " + this.at.child("flood") + " 1024 " + piece;
		return new Figure(name, "Reading a child's output, " + piece / 1024 + " KiB at a time",
				List.of(Column.one("GB/s", 0), Column.one("CPU s/GB", 1)), asked, asked, this.rounds,
				List.of(contenders));
	}

}
