// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.subprocess.boot.policy.PolicyKeys;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.Resource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PolicyDescription}.
 */
class PolicyDescriptionTests {

	@Test
	void aPolicyIsDescribedByTheKeysOfYaml() {
		List<String> described = new ArrayList<>();
		collect("", ProcessPolicy.class, described);
		List<String> keys = new ArrayList<>(PolicyKeys.all());
		// what stands for others, and is not part of what they decide
		keys.removeAll(List.of("base", "sandbox.strict"));
		assertThat(described).containsExactlyInAnyOrderElementsOf(keys);
	}

	private static void collect(String prefix, Class<?> part, List<String> keys) {
		for (RecordComponent component : part.getRecordComponents()) {
			String key = PolicyDescription.key(prefix, component);
			if (component.getType().isRecord()) {
				collect(key + ".", component.getType(), keys);
			}
			else if (key.equals("limits.resources")) {
				Arrays.stream(Resource.values()).map((resource) -> "limits." + Kebab.of(resource)).forEach(keys::add);
			}
			else {
				keys.add(key);
			}
		}
	}

}
