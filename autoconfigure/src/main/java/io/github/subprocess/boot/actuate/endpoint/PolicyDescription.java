// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SupplementaryGroups;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * A policy as a map of keys, named as below {@code subprocess.policy.<name>}. A component
 * that a policy gets one day has a key by its name. Values of variables are never shown.
 */
final class PolicyDescription {

	/**
	 * Components that are not named as their keys.
	 */
	private static final Map<String, String> KEYS = Map.of("output.max-bytes", "output.max-size", "output.pipe-bytes",
			"output.pipe-size", "guard.checks-program", "guard.check-program", "guard.max-argument-bytes",
			"guard.max-argument-size", "sandbox.isolates-signals", "sandbox.isolate-signals",
			"sandbox.isolates-abstract-sockets", "sandbox.isolate-abstract-sockets", "cgroup.memory-max-bytes",
			"cgroup.memory-max", "cgroup.memory-high-bytes", "cgroup.memory-high", "cgroup.swap-max-bytes",
			"cgroup.swap-max", "guard.pins-program", "guard.pin-program");

	private final BinaryOperator<String> sanitizer;

	private final SortedMap<String, Object> values = new TreeMap<>();

	private PolicyDescription(BinaryOperator<String> sanitizer) {
		this.sanitizer = sanitizer;
	}

	/**
	 * Describe a policy.
	 * @param policy the policy
	 * @param sanitizer makes of a key and a value that may be confidential what may be
	 * shown
	 * @return what is decided, by key
	 */
	static SortedMap<String, Object> of(ProcessPolicy policy, BinaryOperator<String> sanitizer) {
		PolicyDescription description = new PolicyDescription(sanitizer);
		description.addComponents("", policy);
		return description.values;
	}

	private void addComponents(String prefix, Record part) {
		for (RecordComponent component : part.getClass().getRecordComponents()) {
			Object value = value(part, component);
			if (value != null) {
				add(key(prefix, component), value);
			}
		}
	}

	/**
	 * Return the key of a component.
	 * @param prefix the key of the part that it belongs to, with a dot, or nothing
	 * @param component the component
	 */
	static String key(String prefix, RecordComponent component) {
		String key = prefix + DataObjectPropertyName.toDashedForm(component.getName());
		return KEYS.getOrDefault(key, key);
	}

	private static @Nullable Object value(Record part, RecordComponent component) {
		try {
			return component.getAccessor().invoke(part);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException("A policy cannot be read: " + component, ex);
		}
	}

	private void add(String key, Object value) {
		if (value instanceof Record part && !(value instanceof SupplementaryGroups)) {
			addComponents(key + ".", part);
		}
		else if (value instanceof Map<?, ?> entries) {
			String prefix = key.equals("limits.resources") ? "limits." : key + ".";
			entries.forEach((name, entry) -> this.values.put(prefix + plain(name), entry(key, entry)));
		}
		else if (key.equals("command")) {
			this.values.put(key, command((List<?>) value));
		}
		else {
			this.values.put(key, key.equals("umask") ? "%04o".formatted((Integer) value) : plain(value));
		}
	}

	private static Object entry(String key, Object value) {
		return key.equals("environment.set") ? SanitizableData.SANITIZED_VALUE : plain(value);
	}

	private List<String> command(List<?> command) {
		Stream<String> arguments = command.stream()
			.skip(1)
			.map((argument) -> this.sanitizer.apply("command", argument.toString()));
		return Stream.concat(Stream.of(command.get(0).toString()), arguments).toList();
	}

	private static Object plain(Object value) {
		if (value instanceof SupplementaryGroups groups) {
			return groups(groups);
		}
		if (value instanceof Enum<?> constant) {
			return Kebab.of(constant);
		}
		if (value instanceof Limit limit) {
			return limit.toString().replace(" to ", ":");
		}
		if (value instanceof Set<?> elements) {
			return elements.stream().map(PolicyDescription::plain).sorted().toList();
		}
		if (value instanceof List<?> elements) {
			return elements.stream().map(PolicyDescription::plain).toList();
		}
		return (value instanceof Number || value instanceof Boolean) ? value : value.toString();
	}

	private static Object groups(SupplementaryGroups groups) {
		if (groups instanceof SupplementaryGroups.Named named) {
			return named.groups();
		}
		if (groups instanceof SupplementaryGroups.None) {
			return "none";
		}
		return (groups instanceof SupplementaryGroups.OfUser) ? "of-user" : "inherited";
	}

}
