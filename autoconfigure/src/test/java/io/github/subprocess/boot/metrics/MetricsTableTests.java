// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.metrics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.subprocess.boot.observation.SubprocessObservationDocumentation;
import io.github.subprocess.boot.observation.SubprocessObservationDocumentation.HighCardinalityKeyNames;
import io.github.subprocess.boot.observation.SubprocessObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.docs.KeyName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of meters and of the observation in the documentation are made of what
 * documents them in the code. To write them anew run this test with
 * {@code -Dsubprocess.write-docs=true}.
 */
class MetricsTableTests {

	private static final Path DOCUMENT = Path.of("../docs/metrics.md");

	private static final String METERS = "| meter | kind | tags | |\n|---|---|---|---|\n";

	private static final String TAGS = "| tag | |\n|---|---|\n";

	private static final String KEYS = "| key | of | |\n|---|---|---|\n";

	@Test
	void documentationShowsTheMeters() throws Exception {
		compare(METERS,
				Arrays.stream(SubprocessMeters.values())
					.map((meter) -> "| `" + meter.getName() + "` | " + kind(meter) + " | " + names(meter.getKeyNames())
							+ " | " + meter.description() + " |\n")
					.collect(Collectors.joining()));
	}

	@Test
	void documentationShowsTheTags() throws Exception {
		compare(TAGS,
				Arrays.stream(SubprocessMeters.Keys.values())
					.map((key) -> "| `" + key.asString() + "` | " + key.description() + " |\n")
					.collect(Collectors.joining()));
	}

	@Test
	void documentationShowsTheObservation() throws Exception {
		String name = SubprocessObservationDocumentation.EXECUTION.getName();
		assertThat(Files.readString(DOCUMENT)).contains("`" + name + "`", "`" + name + ".active`");
		compare(KEYS,
				Arrays.stream(LowCardinalityKeyNames.values())
					.map((key) -> "| `" + key.asString() + "` | timer and span | " + key.description() + " |\n")
					.collect(Collectors.joining())
						+ Arrays.stream(HighCardinalityKeyNames.values())
							.map((key) -> "| `" + key.asString() + "` | span | " + key.description() + " |\n")
							.collect(Collectors.joining()));
	}

	private static String kind(SubprocessMeters meter) {
		String kind = meter.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
		return (meter.getBaseUnit() != null) ? kind + ", " + meter.getBaseUnit() : kind;
	}

	private static String names(KeyName... keys) {
		return Arrays.stream(keys).map((key) -> "`" + key.asString() + "`").collect(Collectors.joining(", "));
	}

	private static void compare(String head, String rows) throws Exception {
		String document = Files.readString(DOCUMENT);
		int start = document.indexOf(head);
		assertThat(start).as("the table '" + head.lines().findFirst().orElseThrow() + "' in " + DOCUMENT)
			.isNotNegative();
		int end = document.indexOf("\n\n", start);
		end = (end < 0) ? document.length() : end + 1;
		if (Boolean.getBoolean("subprocess.write-docs")) {
			Files.writeString(DOCUMENT, document.substring(0, start) + head + rows + document.substring(end));
			return;
		}
		assertThat(document.substring(start, end)).isEqualTo(head + rows);
	}

}
