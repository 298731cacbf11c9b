// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of each case, as a table of Markdown.
 */
final class OutcomeTable {

	private final List<String> rows = new ArrayList<>();

	void add(String... cells) {
		this.rows.add("| " + String.join(" | ", cells) + " |");
	}

	String text(String... heads) {
		String rule = "|" + "---|".repeat(heads.length);
		return "| " + String.join(" | ", heads) + " |\n" + rule + "\n" + String.join("\n", this.rows) + "\n";
	}

	void write(Path file, String... heads) throws IOException {
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.writeString(file, text(heads));
	}

}
