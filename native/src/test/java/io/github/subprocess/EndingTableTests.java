// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each row of the table in {@code docs/ending.md} names a test that is there, and each
 * test of the outcomes has its row.
 */
class EndingTableTests {

	private static final Path DOCUMENT = Path.of("../docs/ending.md");

	private static final String HEAD = "| what meets | what comes of it | test |\n|---|---|---|\n";

	private static final Pattern NAME = Pattern.compile("\\| `([\\w.]+)#(\\w+)` \\|$");

	@Test
	void eachRowNamesATest() throws Exception {
		assertThat(rows()).hasSizeGreaterThan(15);
		for (String row : rows()) {
			Matcher name = NAME.matcher(row);
			assertThat(name.find()).as(row).isTrue();
			assertThat(tests(Class.forName("io.github.subprocess." + name.group(1)))).as(row).contains(name.group(2));
		}
	}

	@Test
	void eachOutcomeHasARow() throws Exception {
		String table = String.join("\n", rows());
		assertThat(tests(EndingOutcomeTests.class))
			.allMatch((test) -> table.contains("`EndingOutcomeTests#" + test + "`"));
	}

	private static List<String> rows() throws Exception {
		String document = Files.readString(DOCUMENT);
		assertThat(document).contains(HEAD);
		return document.substring(document.indexOf(HEAD) + HEAD.length())
			.lines()
			.takeWhile((line) -> line.startsWith("|"))
			.toList();
	}

	private static Set<String> tests(Class<?> type) {
		return Arrays.stream(type.getDeclaredMethods())
			.filter((method) -> method.isAnnotationPresent(Test.class))
			.map((method) -> method.getName())
			.collect(Collectors.toSet());
	}

}
