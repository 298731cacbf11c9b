// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.comparison;

import java.util.Map;

/**
 * Draws the first column of a figure as bars, as SVG.
 */
final class Chart {

	private static final int ROW = 26;

	private static final int LEFT = 130;

	private static final int WIDTH = 480;

	private Chart() {
	}

	static String of(Figure figure, Map<String, Samples> contenders) {
		Figure.Column column = figure.columns().get(0);
		double largest = contenders.values().stream().mapToDouble(column::of).max().orElse(1);
		StringBuilder svg = new StringBuilder("""
				<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
				<rect width="100%%" height="100%%" fill="white"/>
				<text x="8" y="20" font-weight="bold">%s, %s</text>
				""".formatted(LEFT + WIDTH + 90, ROW * (contenders.size() + 2), figure.title(), column.title()));
		int y = ROW + 10;
		for (Map.Entry<String, Samples> entry : contenders.entrySet()) {
			double value = column.of(entry.getValue());
			long length = Math.max(1, Math.round(value / largest * WIDTH));
			boolean ours = entry.getKey().startsWith("bare") || entry.getKey().startsWith("managed");
			svg.append(
					"""
							<text x="8" y="%d">%s</text><rect x="%d" y="%d" width="%d" height="18" fill="%s"/><text x="%d" y="%d">%s</text>
							"""
						.formatted(y + 14, entry.getKey(), LEFT, y, length, ours ? "#2f7d32" : "#90a4ae",
								LEFT + length + 6, y + 14, Report.number(value)));
			y += ROW;
		}
		return svg.append("</svg>\n").toString();
	}

}
