// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Says what a property takes.
 */
final class ExpectedValue {

	private ExpectedValue() {
	}

	/**
	 * Say what a property takes.
	 * @param target what it is bound to
	 * @return a sentence
	 */
	static String of(Bindable<?> target) {
		ResolvableType type = target.getType();
		Class<?> raw = ClassUtils.resolvePrimitiveIfNecessary(type.toClass());
		if (Collection.class.isAssignableFrom(raw)) {
			raw = type.asCollection().getGeneric().toClass();
		}
		if (Map.class.isAssignableFrom(raw)) {
			return "Must be a map of names to values.";
		}
		if (raw.isEnum()) {
			return "The following values are valid: "
					+ String.join(", ", Arrays.stream(raw.getEnumConstants()).map(String::valueOf).sorted().toList())
					+ ".";
		}
		return "Must be " + kind(raw) + ".";
	}

	private static String kind(Class<?> type) {
		if (type == Boolean.class) {
			return "true or false";
		}
		if (Number.class.isAssignableFrom(type)) {
			return "a number";
		}
		if (type == Duration.class) {
			return "a duration as '10s'";
		}
		if (type == DataSize.class) {
			return "a data size as '64MB'";
		}
		return (type == Path.class) ? "a path" : "of the type " + type.getSimpleName();
	}

}
