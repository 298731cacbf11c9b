// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the generated configuration metadata.
 */
class ConfigurationMetadataTests {

	@Test
	void everyPropertyIsDescribedAsBootDescribesThem() throws Exception {
		for (JsonNode property : properties()) {
			String name = property.get("name").asString();
			assertThat(property.has("description")).as("description of " + name).isTrue();
			String description = property.get("description").asString();
			assertThat(description).as(name).endsWith(".").doesNotStartWith("The ").doesNotStartWith("A ");
			String type = property.get("type").asString();
			if (type.equals("java.lang.Boolean")) {
				assertThat(description).as(name).startsWith("Whether ");
			}
			if (type.startsWith("java.util.List") || type.startsWith("java.util.Set")) {
				assertThat(description).as(name).startsWith("Comma-separated list ");
			}
			if (type.equals("java.time.Duration") && name.startsWith("subprocess.")) {
				assertThat(description).as(name)
					.endsWith("If a duration suffix is not specified, seconds will be used.");
			}
		}
	}

	@Test
	void allPropertiesAreThere() throws Exception {
		List<String> names = properties().stream().map((property) -> property.get("name").asString()).toList();
		assertThat(names)
			.contains("subprocess.enabled", "subprocess.native-library", "subprocess.recent-capacity",
					"subprocess.guardian", "subprocess.adopt-orphans", "subprocess.policy",
					"subprocess.defaults.deadlines.wall", "subprocess.defaults.environment.set",
					"subprocess.defaults.descriptors.mode", "subprocess.defaults.termination.grace-period",
					"subprocess.defaults.output.max-size", "management.endpoint.subprocesses.access",
					"management.endpoint.subprocesses.show-values", "management.endpoint.subprocesses.roles",
					"subprocess.publish-events", "management.health.subprocess.patience",
					"subprocess.defaults.observability.trace-context")
			.doesNotContain("subprocess.defaults.command");
	}

	@Test
	void hintsAreForPropertiesThatThereAre() throws Exception {
		List<String> names = properties().stream().map((property) -> property.get("name").asString()).toList();
		List<String> hints = list("hints").stream().map((hint) -> hint.get("name").asString()).toList();
		assertThat(hints).hasSizeGreaterThan(20).doesNotHaveDuplicates();
		assertThat(names).containsAll(hints);
	}

	@Test
	void valuesOfHintsCanBe() throws Exception {
		for (JsonNode hint : list("hints")) {
			String name = hint.get("name").asString();
			for (JsonNode value : hint.path("values")) {
				List<String> properties = new ArrayList<>(List.of("subprocess.validate=warn"));
				properties.add(name + "=" + value.get("value").asString());
				if (name.endsWith("credentials.user")) {
					properties.add("subprocess.defaults.credentials.groups=none");
				}
				new ApplicationContextRunner()
					.withConfiguration(AutoConfigurations.of(SubprocessAutoConfiguration.class))
					.withPropertyValues(properties.toArray(String[]::new))
					.run((context) -> assertThat(context).as("%s", properties).hasNotFailed());
			}
		}
	}

	private static List<JsonNode> properties() throws Exception {
		return list("properties");
	}

	private static List<JsonNode> list(String name) throws Exception {
		String own = SubprocessProperties.class.getProtectionDomain().getCodeSource().getLocation()
				+ "META-INF/spring-configuration-metadata.json";
		try (InputStream in = new URI(own).toURL().openStream()) {
			JsonNode list = JsonMapper.shared().readTree(in).get(name);
			return StreamSupport.stream(list.spliterator(), false).toList();
		}
	}

}
