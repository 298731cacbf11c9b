// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Measures all figures. Workers are asked in turns, a few launches at a time, so that
 * what disturbs the machine disturbs all of them.
 */
public final class Comparison {

	private static final Figure FIRST = new Figure("first", "First launch of a JVM",
			List.of(new Figure.Column("p50 ms", Figure.Kind.P50, 0, 1e6)), "", "", 0,
			List.of("ours-at-once", "ours-later", "jdk-at-once", "jdk-later", "jdk@25-at-once"));

	private static final Figure APPLICATION = new Figure("application", "Start of an application",
			List.of(new Figure.Column("p50 ms", Figure.Kind.P50, 0, 1e6)), "", "", 0, List.of("with", "without"));

	private final Surroundings at;

	private final Results results = new Results();

	private final File log;

	private Comparison(Surroundings at) {
		this.at = at;
		this.log = at.target().resolve("workers.log").toFile();
	}

	/**
	 * Measure. System properties: {@code target}, {@code java17}, {@code java25},
	 * {@code heap}, {@code rounds}, {@code samples}, {@code live}, and {@code figures}, a
	 * list with commas; empty: all.
	 * @param arguments none
	 * @throws IOException if a worker has failed
	 */
	public static void main(String[] arguments) throws IOException {
		String java25 = System.getProperty("java25", "");
		Surroundings at = new Surroundings(Path.of(System.getProperty("target")), Path.of(System.getProperty("java17")),
				java25.isEmpty() ? null : Path.of(java25), System.getProperty("heap", "4g"));
		Set<String> chosen = Set.of(System.getProperty("figures", "").split(","));
		int rounds = Integer.getInteger("rounds", 7);
		Comparison comparison = new Comparison(at);
		for (Figure figure : new Figures(at, rounds, Integer.getInteger("samples", 100),
				Integer.getInteger("live", 2000))
			.all()) {
			if (chosen.contains("") || chosen.contains(figure.name())) {
				System.err.println(figure.title());
				comparison.measure(figure);
				comparison.write();
			}
		}
		if (chosen.contains("") || chosen.contains("first")) {
			comparison.measureOnce(FIRST, rounds, comparison::firstLaunch);
		}
		if (chosen.contains("") || chosen.contains("application")) {
			comparison.measureOnce(APPLICATION, rounds, (contender) -> at.java(contender, "worker.ApplicationStart",
					Boolean.toString(contender.equals("with"))));
		}
		System.out.println(Report.of(comparison.results));
	}

	/**
	 * Write what there is by now, so that a run that is ended is not for nothing.
	 */
	private void write() throws IOException {
		Files.writeString(this.at.target().resolve("report.md"), Report.of(this.results));
		for (Map.Entry<Figure, Map<String, Samples>> entry : this.results.figures().entrySet()) {
			Files.writeString(this.at.target().resolve(entry.getKey().name() + ".svg"),
					Chart.of(entry.getKey(), entry.getValue()));
		}
	}

	private void measure(Figure figure) throws IOException {
		Map<String, WorkerProcess> workers = new LinkedHashMap<>();
		try {
			for (String contender : figure.contenders()) {
				WorkerProcess worker = start(contender);
				if (worker != null) {
					workers.put(contender, worker);
					prepare(worker, contender, figure);
				}
			}
			for (int round = 0; round < figure.rounds(); round++) {
				for (Map.Entry<String, WorkerProcess> entry : workers.entrySet()) {
					double[] answer = entry.getValue().ask(figure.request());
					if (answer != null) {
						this.results.add(figure, entry.getKey(), answer);
					}
				}
			}
		}
		finally {
			for (WorkerProcess worker : workers.values()) {
				worker.close();
			}
		}
	}

	private static void prepare(WorkerProcess worker, String contender, Figure figure) throws IOException {
		int descriptors = contender.indexOf(':');
		if (descriptors >= 0) {
			worker.ask("open " + contender.substring(descriptors + 1));
		}
		if (!figure.warmUp().isEmpty()) {
			worker.ask(figure.warmUp());
		}
	}

	private @Nullable WorkerProcess start(String contender) throws IOException {
		List<String> command = this.at.command(contender);
		return (command != null) ? new WorkerProcess(command, this.log) : null;
	}

	/**
	 * Measure what happens once in a JVM.
	 */
	private void measureOnce(Figure figure, int rounds, Function<String, @Nullable List<String>> commands)
			throws IOException {
		System.err.println(figure.title());
		for (int round = 0; round < rounds; round++) {
			for (String contender : figure.contenders()) {
				List<String> command = commands.apply(contender);
				if (command != null) {
					try (WorkerProcess worker = new WorkerProcess(command, this.log)) {
						double[] answer = worker.ask("");
						if (answer != null) {
							this.results.add(figure, contender, answer);
						}
					}
				}
			}
		}
		write();
	}

	private @Nullable List<String> firstLaunch(String contender) {
		return this.at.java(contender, "worker.FirstLaunch", contender.startsWith("jdk") ? "jdk" : "ours",
				contender.endsWith("later") ? "later" : "at-once", this.at.child("end_at_once"));
	}

}
