// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Collects what is wrong with properties, so that it is told at once.
 */
final class PropertyProblems {

	private final Set<ConfigurationProperty> unknown = new TreeSet<>();

	private final Set<PropertyProblem> others = new LinkedHashSet<>();

	void addInvalid(String key, @Nullable Object value, String reason) {
		this.others.add(PropertyProblem.invalid(key, value, reason));
	}

	void addInvalidBean(String bean, String reason) {
		this.others.add(PropertyProblem.invalidBean(bean, reason));
	}

	void addUnknown(Collection<ConfigurationProperty> properties) {
		this.unknown.addAll(properties);
	}

	void addUnmet(Collection<PropertyProblem> problems) {
		this.others.addAll(problems);
	}

	boolean isEmpty() {
		return this.unknown.isEmpty() && this.others.isEmpty();
	}

	/**
	 * Do nothing where there are no problems. One that is alone, and misspelt keys that
	 * are among themselves, are told as Boot tells them.
	 */
	void throwIfAny() {
		if (isEmpty()) {
			return;
		}
		if (this.others.isEmpty()) {
			throw new UnboundConfigurationPropertiesException(this.unknown);
		}
		List<PropertyProblem> all = all();
		PropertyProblem first = all.get(0);
		if (all.size() == 1 && first.kind() == PropertyProblem.Kind.INVALID) {
			throw new InvalidConfigurationPropertyValueException(first.key(), first.value(), first.reason());
		}
		throw new InvalidPropertiesException(all);
	}

	private List<PropertyProblem> all() {
		List<PropertyProblem> all = new ArrayList<>();
		this.unknown.forEach((property) -> all
			.add(PropertyProblem.unknown(property.getName().toString(), KnownKeys.leave(property.getName()).advice())));
		all.addAll(this.others);
		all.sort(Comparator.comparing(PropertyProblem::key));
		return all;
	}

}
