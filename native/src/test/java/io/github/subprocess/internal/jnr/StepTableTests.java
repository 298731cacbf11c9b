// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.subprocess.Fixture;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.OperatingSystem;
import org.junit.jupiter.api.Test;

import static io.github.subprocess.internal.jnr.TestPlan.plan;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of steps in the documentation is made of the list in {@code subprocess.h} and
 * of the failures that {@link StepFailureTests} brings about. To write it anew run this
 * test with {@code -Dsubprocess.write-docs=true}.
 */
class StepTableTests {

	private static final Path DOCUMENT = Path.of("../docs/failures.md");

	private static final String HEAD = "| number | step | in the | fails when | detail | errors seen |\n"
			+ "|---|---|---|---|---|---|\n";

	@Test
	void documentationShowsTheListOfTheCore() throws Exception {
		String document = Files.readString(DOCUMENT);
		int start = document.indexOf(HEAD);
		assertThat(start).as("the table in " + DOCUMENT).isNotNegative();
		int end = document.indexOf("\n\n", start);
		end = (end < 0) ? document.length() : end + 1;
		String table = HEAD + String.join("\n", rows()) + "\n";
		if (Boolean.getBoolean("subprocess.write-docs")) {
			Files.writeString(DOCUMENT, document.substring(0, start) + table + document.substring(end));
			return;
		}
		assertThat(document.substring(start, end)).isEqualTo(table);
	}

	@Test
	void bothSidesHaveTheSameSteps() throws Exception {
		assertThat(stepsOfTheCore()).extracting((row) -> row.split(" \\| ")[0] + " " + row.split(" \\| ")[1])
			.containsExactly(Arrays.stream(ChildStep.values())
				.map((step) -> "| " + step.number() + " `" + step.text() + "`")
				.toArray(String[]::new));
	}

	private static List<String> rows() throws Exception {
		Map<Integer, String> errors = StepFailureTests.rows()
			.filter((row) -> row.errno() != null)
			.collect(Collectors.groupingBy((row) -> row.step().number(),
					Collectors.mapping((row) -> "`" + row.errno().name() + "`", Collectors.collectingAndThen(
							Collectors.toCollection(TreeSet::new), (names) -> String.join(", ", names)))));
		return stepsOfTheCore().stream().map((row) -> {
			int number = Integer.parseInt(row.split(" ")[1]);
			return row + " " + errors.getOrDefault(number, "none") + " |";
		}).toList();
	}

	private static List<String> stepsOfTheCore() throws Exception {
		OperatingSystem system = JnrOperatingSystem.load(null);
		return TestDescriptors.run(system, plan().program(Fixture.program("print_steps")).build()).lines();
	}

}
