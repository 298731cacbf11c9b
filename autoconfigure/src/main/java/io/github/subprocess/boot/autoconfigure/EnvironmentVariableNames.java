// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Gives variables the names that were written where the property itself is a variable of
 * the JVM: binding takes {@code ..._ENVIRONMENT_SET_LC_ALL} for {@code lc.all}.
 */
final class EnvironmentVariableNames {

	private final Environment environment;

	EnvironmentVariableNames(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Return variables under the names that were written.
	 * @param key the key that the variables were bound from
	 * @param bound the variables as they were bound
	 * @return the same values
	 */
	Map<String, String> asWritten(String key, Map<String, String> bound) {
		Map<String, String> written = writtenNames(key);
		Map<String, String> variables = new LinkedHashMap<>();
		bound.forEach((name, value) -> variables.put(written.getOrDefault(name, name), value));
		return variables;
	}

	private Map<String, String> writtenNames(String key) {
		String prefix = key.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT) + "_";
		Map<String, String> names = new LinkedHashMap<>();
		if (this.environment instanceof ConfigurableEnvironment configurable) {
			for (PropertySource<?> source : configurable.getPropertySources()) {
				addWrittenNames(names, prefix, source);
			}
		}
		return names;
	}

	private static void addWrittenNames(Map<String, String> names, String prefix, PropertySource<?> source) {
		if (source instanceof EnumerablePropertySource<?> enumerable) {
			for (String property : enumerable.getPropertyNames()) {
				if (property.startsWith(prefix)) {
					String written = property.substring(prefix.length());
					names.putIfAbsent(written.toLowerCase(Locale.ROOT).replace('_', '.'), written);
				}
			}
		}
	}

}
