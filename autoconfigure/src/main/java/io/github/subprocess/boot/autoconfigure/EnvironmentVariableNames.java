// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.Environment;

/**
 * Gives variables the names that were written. Binding to a map drops the underscore from
 * {@code LC_ALL} unless it stands in brackets, and takes {@code _} for a dot in variables
 * of the JVM.
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
		ConfigurationPropertyName parent = ConfigurationPropertyName.of(key);
		Map<String, String> names = new LinkedHashMap<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter(parent::isAncestorOf)
					.forEach((name) -> add(names, parent, name, source.getConfigurationProperty(name)));
			}
		}
		return names;
	}

	private static void add(Map<String, String> names, ConfigurationPropertyName parent, ConfigurationPropertyName name,
			@Nullable ConfigurationProperty property) {
		String bound = boundName(parent, name);
		String written = (property != null) ? writtenName(parent, name, property.getOrigin()) : null;
		String previous = names.putIfAbsent(bound, (written != null) ? written : bound);
		if (previous != null && written != null && !previous.equals(written)) {
			throw new InvalidConfigurationPropertyValueException(parent.toString(), null,
					"The variables '%s' and '%s' are the same key; put both into brackets, as in '[%s]'."
						.formatted(previous, written, written));
		}
	}

	private static String boundName(ConfigurationPropertyName parent, ConfigurationPropertyName name) {
		StringBuilder bound = new StringBuilder();
		for (int i = parent.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
			bound.append(bound.isEmpty() ? "" : ".").append(name.getElement(i, Form.ORIGINAL));
		}
		return bound.toString();
	}

	private static @Nullable String writtenName(ConfigurationPropertyName parent, ConfigurationPropertyName name,
			@Nullable Origin origin) {
		if (!(origin instanceof PropertySourceOrigin source)) {
			return null;
		}
		String written = source.getPropertyName();
		String variablePrefix = parent.toString().replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT) + "_";
		if (written.toUpperCase(Locale.ROOT).startsWith(variablePrefix)) {
			return written.substring(variablePrefix.length());
		}
		boolean single = name.getNumberOfElements() == parent.getNumberOfElements() + 1;
		if (!single || written.endsWith("]")) {
			return null;
		}
		return written.substring(written.lastIndexOf('.') + 1);
	}

}
