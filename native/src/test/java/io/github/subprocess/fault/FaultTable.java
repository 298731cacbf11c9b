// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The tables of {@code docs/faults.md}: for each scenario what became of it when which
 * call failed how.
 */
final class FaultTable {

	private static final Path DOCUMENT = Path.of("../docs/faults.md");

	private static final String HEAD = "| who | what fails | what comes of it |\n|---|---|---|\n";

	private static final String OR = "<br>or ";

	private FaultTable() {
	}

	/**
	 * Return what the document says.
	 * @return the outcomes of each {@code who call error}
	 */
	static Map<String, Set<String>> read(Scenario scenario) throws IOException {
		Map<String, Set<String>> cases = new TreeMap<>();
		String document = Files.readString(DOCUMENT);
		int start = document.indexOf(heading(scenario));
		if (start < 0) {
			return cases;
		}
		int rows = document.indexOf(HEAD, start) + HEAD.length();
		for (String row : document.substring(rows).lines().takeWhile((line) -> line.startsWith("|")).toList()) {
			String[] cells = row.substring(2, row.length() - 2).split(" \\| ");
			Set<String> outcomes = new TreeSet<>(Arrays.asList(cells[2].split(OR)));
			for (String call : cells[1].split("; ")) {
				String[] words = call.split(" ", 2);
				for (String error : words[1].split(", ")) {
					cases.put(cells[0] + " " + words[0].replace("`", "") + " " + error, outcomes);
				}
			}
		}
		return cases;
	}

	/**
	 * Let the document say something else.
	 */
	static void write(Scenario scenario, Map<String, Set<String>> cases) throws IOException {
		String document = Files.readString(DOCUMENT);
		String table = heading(scenario) + HEAD + rows(cases);
		int start = document.indexOf(heading(scenario));
		if (start < 0) {
			Files.writeString(DOCUMENT, document + "\n" + table);
			return;
		}
		int end = document.indexOf("\n\n## ", start + 4);
		Files.writeString(DOCUMENT,
				document.substring(0, start) + table + ((end < 0) ? "" : document.substring(end + 1)));
	}

	private static String heading(Scenario scenario) {
		return "## " + scenario.title() + "\n\n";
	}

	/**
	 * One row for all that has the same outcomes.
	 */
	private static String rows(Map<String, Set<String>> cases) {
		Map<String, Map<String, List<String>>> rows = new TreeMap<>();
		cases.forEach((what, outcomes) -> {
			String[] words = what.split(" ");
			rows.computeIfAbsent(words[0] + " | " + String.join(OR, outcomes), (key) -> new TreeMap<>())
				.computeIfAbsent(words[1], (key) -> new ArrayList<>())
				.add(words[2]);
		});
		return rows.entrySet().stream().map((row) -> {
			String[] key = row.getKey().split(" \\| ", 2);
			String calls = row.getValue()
				.entrySet()
				.stream()
				.map((call) -> "`" + call.getKey() + "` " + String.join(", ", call.getValue()))
				.collect(Collectors.joining("; "));
			return "| " + key[0] + " | " + calls + " | " + key[1] + " |\n";
		}).collect(Collectors.joining());
	}

}
