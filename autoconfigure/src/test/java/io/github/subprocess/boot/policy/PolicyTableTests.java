// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.policy;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.subprocess.boot.autoconfigure.SubprocessProperties;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference of all keys of a policy in the documentation is made of the metadata that
 * editors show. To write it anew run this test with {@code -Dsubprocess.write-docs=true}.
 */
class PolicyTableTests {

	private static final Path DOCUMENT = Path.of("../docs/policies.md");

	private static final String HEAD = "| key | values | |\n|---|---|---|\n";

	private static final String PREFIX = "subprocess.defaults.";

	@Test
	void documentationShowsTheMetadata() throws Exception {
		String document = Files.readString(DOCUMENT);
		int start = document.indexOf(HEAD);
		assertThat(start).as("the table in " + DOCUMENT).isNotNegative();
		int end = document.indexOf("\n\n", start);
		end = (end < 0) ? document.length() : end + 1;
		Map<String, String> rows = rows();
		assertThat(rows.keySet()).containsExactlyElementsOf(PolicyKeys.all());
		String table = HEAD + String.join("\n", rows.values()) + "\n";
		if (Boolean.getBoolean("subprocess.write-docs")) {
			Files.writeString(DOCUMENT, document.substring(0, start) + table + document.substring(end));
			return;
		}
		assertThat(document.substring(start, end)).isEqualTo(table);
	}

	private static Map<String, String> rows() throws Exception {
		Map<String, String> rows = new TreeMap<>();
		rows.put("base", "| `base` | name of a policy | What this policy leaves undecided is taken from there. |");
		rows.put("command", "| `command` | list | Program and its first arguments. |");
		for (JsonNode property : metadata()) {
			String name = property.get("name").asString();
			if (name.startsWith(PREFIX)) {
				String key = name.substring(PREFIX.length());
				rows.put(key, "| `" + key + "` | " + values(property.get("type").asString()) + " | "
						+ property.get("description").asString() + " |");
			}
		}
		return rows;
	}

	private static String values(String type) throws ClassNotFoundException {
		String list = type.replaceFirst("^java\\.util\\.(List|Set)<(.*)>$", "$2");
		String values = singleValues(list);
		return list.equals(type) ? values : "list of " + values;
	}

	private static String singleValues(String type) throws ClassNotFoundException {
		return switch (type) {
			case "java.lang.Boolean" -> "`true`, `false`";
			case "java.lang.Integer", "java.lang.Double", "java.math.BigDecimal" -> "number";
			case "java.lang.String" -> "text";
			case "java.nio.file.Path" -> "path";
			case "java.time.Duration" -> "duration";
			case "org.springframework.util.unit.DataSize" -> "data size";
			case "io.github.subprocess.ProcessSignal" -> "signal, as `term`";
			default -> type.startsWith("java.util.Map") ? "map" : constants(Class.forName(type));
		};
	}

	private static String constants(Class<?> type) {
		return Arrays.stream(type.getEnumConstants())
			.map((constant) -> "`" + ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
			.collect(Collectors.joining(", "));
	}

	private static JsonNode metadata() throws Exception {
		String own = SubprocessProperties.class.getProtectionDomain().getCodeSource().getLocation()
				+ "META-INF/spring-configuration-metadata.json";
		try (InputStream in = new URI(own).toURL().openStream()) {
			return JsonMapper.shared().readTree(in).get("properties");
		}
	}

}
