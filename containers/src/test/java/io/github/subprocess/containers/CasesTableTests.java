// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page lists the cases that are tested. It needs no Docker engine.
 */
class CasesTableTests {

	private static final String[] HEADS = { "case", "what runs", "outcome", "when" };

	private static final String TABLE = "(?s)\\| case \\|.*?\\n(?=\\n)";

	@Test
	void pageListsTheCases() throws IOException {
		OutcomeTable table = new OutcomeTable();
		ContainerCases.all()
			.forEach((each) -> table.add(each.name(), '`' + each.behaviours() + '`', each.expected().outcome(),
					each.core() ? "always" : "`all`"));
		Path page = Path.of(System.getProperty("containers.page"));
		if (Boolean.getBoolean("subprocess.write-docs")) {
			String changed = Files.readString(page).replaceFirst(TABLE, Matcher.quoteReplacement(table.text(HEADS)));
			Files.writeString(page, changed);
		}
		assertThat(Files.readString(page)).as("to write it anew: -Dsubprocess.write-docs=true")
			.contains(table.text(HEADS));
	}

}
