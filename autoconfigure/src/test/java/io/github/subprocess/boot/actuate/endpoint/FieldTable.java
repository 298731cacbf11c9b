// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.policy.SessionMode;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tables of all fields of responses, by what the sources say of the records that they are
 * made from.
 */
final class FieldTable {

	/**
	 * The constants of texts whose Javadoc does not name them.
	 */
	private static final Map<String, Class<? extends Enum<?>>> CONSTANTS = Map.of("state", ProcessSnapshot.State.class,
			"session", SessionMode.class, "mechanism", SpawnMechanism.class, "closing", DescriptorClosing.class,
			"terminationReason", TerminationReason.class, "outcome", ProcessOutcome.class);

	private final Set<Class<?>> records = new LinkedHashSet<>();

	/**
	 * Return the tables of a record and of all that it holds, each with a heading.
	 */
	String of(Class<?> root) throws IOException {
		StringBuilder tables = new StringBuilder();
		add(root, tables);
		return tables.toString();
	}

	/**
	 * Return the records that there is a table of.
	 */
	Set<Class<?>> records() {
		return this.records;
	}

	private void add(Class<?> type, StringBuilder tables) throws IOException {
		if (!this.records.add(type)) {
			return;
		}
		SourceJavadoc source = new SourceJavadoc(type);
		Map<String, String> meanings = source.parameters();
		tables.append("#### ").append(name(type)).append("\n\n").append(source.ofType()).append("\n\n");
		tables.append("| field | type, unit | there | |\n|---|---|---|---|\n");
		for (RecordComponent component : type.getRecordComponents()) {
			String meaning = meanings.get(component.getName());
			assertThat(meaning).as("what is said of " + type.getSimpleName() + "." + component.getName()).isNotBlank();
			boolean always = !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
			tables.append("| `%s` | %s | %s | %s%s |\n".formatted(component.getName(), typeOf(component),
					always ? "always" : "if it applies", meaning, constants(type, component)));
		}
		tables.append('\n');
		for (RecordComponent component : type.getRecordComponents()) {
			for (Class<?> part : parts(component.getGenericType())) {
				add(part, tables);
			}
		}
	}

	private static String constants(Class<?> type, RecordComponent component) {
		Class<? extends Enum<?>> constants = CONSTANTS.get(component.getName());
		if (constants == null || type != SubprocessDescriptor.class) {
			return "";
		}
		return ": " + Arrays.stream(constants.getEnumConstants())
			.map((constant) -> "`" + constant.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
			.collect(Collectors.joining(", "));
	}

	private static String typeOf(RecordComponent component) {
		String type = typeOf(component.getGenericType());
		String name = component.getName();
		boolean bytes = name.endsWith("Bytes") || name.startsWith("bytes");
		return bytes ? type + ", bytes" : type;
	}

	private static String typeOf(Type type) {
		if (type instanceof ParameterizedType generic) {
			Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
			return ((generic.getRawType() == List.class) ? "list of " : "map of ") + typeOf(last);
		}
		Class<?> plain = (Class<?>) type;
		if (plain.isRecord()) {
			return "[" + name(plain) + "](#" + name(plain).replace(' ', '-') + ")";
		}
		if (plain == Duration.class) {
			return "duration, ISO 8601";
		}
		if (plain == Instant.class) {
			return "time, ISO 8601 in UTC";
		}
		if (plain == String.class) {
			return "text";
		}
		if (plain == Boolean.class || plain == boolean.class) {
			return "`true`, `false`";
		}
		return (plain == Object.class) ? "text, number, `true`, `false`, list" : "number";
	}

	/**
	 * Return the name of a record as a heading, which is the anchor of its table.
	 */
	private static String name(Class<?> type) {
		return type.getSimpleName()
			.replaceFirst("Descriptor$", "")
			.replaceAll("(?<=[a-z])(?=[A-Z])", " ")
			.toLowerCase(Locale.ROOT);
	}

	private static List<Class<?>> parts(Type type) {
		if (type instanceof ParameterizedType generic) {
			return Arrays.stream(generic.getActualTypeArguments()).flatMap((part) -> parts(part).stream()).toList();
		}
		return (type instanceof Class<?> plain && plain.isRecord()) ? List.of(plain) : List.of();
	}

}
