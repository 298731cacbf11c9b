// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.io.InputStream;
import java.util.List;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

	private static List<JsonNode> properties() throws Exception {
		String own = SubprocessProperties.class.getProtectionDomain().getCodeSource().getLocation()
				+ "META-INF/spring-configuration-metadata.json";
		try (InputStream in = new java.net.URI(own).toURL().openStream()) {
			JsonNode properties = JsonMapper.shared().readTree(in).get("properties");
			return StreamSupport.stream(properties.spliterator(), false).toList();
		}
	}

}
