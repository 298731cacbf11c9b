// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EnvironmentVariableNames}.
 */
class EnvironmentVariableNamesTests {

	private static final String KEY = "subprocess.policy.a-b.environment.set";

	private final StandardEnvironment environment = new StandardEnvironment();

	private final Map<String, Object> properties = new LinkedHashMap<>();

	@Test
	void underscoresAreKept() {
		this.properties.put(KEY + ".LC_ALL", "C");
		this.properties.put(KEY + ".lower_case", "x");
		this.properties.put(KEY + ".PLAIN", "y");
		assertThat(names()).containsOnly(Map.entry("LC_ALL", "C"), Map.entry("lower_case", "x"),
				Map.entry("PLAIN", "y"));
	}

	@Test
	void bracketsAreLeftAlone() {
		this.properties.put(KEY + "[LC_ALL]", "C");
		this.properties.put(KEY + ".[WITH.DOT]", "x");
		assertThat(names()).containsOnly(Map.entry("LC_ALL", "C"), Map.entry("WITH.DOT", "x"));
	}

	@Test
	void keyMayBeInAnotherForm() {
		this.properties.put("subprocess.policy.a_b.environment.set.LC_ALL", "C");
		assertThat(names()).containsOnly(Map.entry("LC_ALL", "C"));
	}

	@Test
	void variableOfTheJvmNamesAVariable() {
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
					Map.of("SUBPROCESS_POLICY_AB_ENVIRONMENT_SET_LC_ALL", "C",
							"SUBPROCESS_POLICY_AB_ENVIRONMENT_SET_N_2", "x")));
		assertThat(names()).containsOnly(Map.entry("LC_ALL", "C"), Map.entry("N_2", "x"));
	}

	private Map<String, String> names() {
		this.environment.getPropertySources().addLast(new MapPropertySource("test", this.properties));
		Map<String, String> bound = Binder.get(this.environment)
			.bind(KEY, Bindable.mapOf(String.class, String.class))
			.get();
		return new EnvironmentVariableNames(this.environment).asWritten(KEY, bound);
	}

}
