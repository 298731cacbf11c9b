// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.comparison;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What has been measured.
 */
final class Results {

	private final Map<Figure, Map<String, Samples>> figures = new LinkedHashMap<>();

	void add(Figure figure, String contender, double[] round) {
		this.figures.computeIfAbsent(figure, (key) -> new LinkedHashMap<>())
			.computeIfAbsent(contender, (key) -> new Samples())
			.add(round);
	}

	Map<Figure, Map<String, Samples>> figures() {
		return this.figures;
	}

	@Nullable Double at(Goal.Place place) {
		return this.figures.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().name().equals(place.figure()))
			.filter((entry) -> entry.getValue().containsKey(place.contender()))
			.map((entry) -> entry.getKey().columns().get(place.column()).of(entry.getValue().get(place.contender())))
			.findFirst()
			.orElse(null);
	}

}
