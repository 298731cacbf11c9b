// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Finds where properties were written, in whatever form.
 */
final class PropertyOrigins {

	private final Environment environment;

	PropertyOrigins(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Return where a property, or else the first below it, was written.
	 * @param key the key of the property
	 * @return a file with line and column or the like, or empty when it is unknown
	 */
	Optional<Origin> of(String key) {
		return properties(key).map(ConfigurationProperty::getOrigin)
			.filter(Objects::nonNull)
			.map(Origin.class::cast)
			.findFirst();
	}

	/**
	 * Return whether a property, or one below it, was written anywhere.
	 * @param key the key of the property
	 * @return whether there is one
	 */
	boolean isWritten(String key) {
		return properties(key).findAny().isPresent();
	}

	private Stream<ConfigurationProperty> properties(String key) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
		return StreamSupport.stream(ConfigurationPropertySources.get(this.environment).spliterator(), false)
			.flatMap((source) -> properties(source, name));
	}

	private static Stream<ConfigurationProperty> properties(ConfigurationPropertySource source,
			ConfigurationPropertyName name) {
		Stream<ConfigurationPropertyName> below = (source instanceof IterableConfigurationPropertySource iterable)
				? iterable.stream().filter(name::isAncestorOf) : Stream.empty();
		return Stream.concat(Stream.of(name), below)
			.map((candidate) -> Optional.ofNullable(source.getConfigurationProperty(candidate)))
			.flatMap(Optional::stream);
	}

}
