// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a response with what differs from run to run, or from machine to machine,
 * replaced.
 */
final class StableJson {

	/**
	 * What fields have instead of what they had.
	 */
	private static final Map<String, String> FIELDS = Map.ofEntries(
			Map.entry("started", "\"2026-11-24T02:17:53.120Z\""), Map.entry("deadline", "\"2026-11-24T02:27:53.120Z\""),
			Map.entry("age", "\"PT1M12.5S\""), Map.entry("spawnDuration", "\"PT0.0011S\""),
			Map.entry("duration", "\"PT0.0042S\""), Map.entry("cpuTime", "\"PT0.02S\""),
			Map.entry("wall", "\"PT8M47.5S\""), Map.entry("maxResidentBytes", "1720320"),
			Map.entry("maxResidentExact", "true"), Map.entry("residentBytes", "1556480"),
			Map.entry("bytesRead", "4096"), Map.entry("bytesWritten", "0"), Map.entry("activity", "\"sleeping\""),
			Map.entry("mechanism", "\"vfork\""), Map.entry("closing", "\"unshare\""));

	private static final Set<String> PIDS = Set.of("pid", "parent", "processGroup");

	private final Map<String, String> names = new HashMap<>();

	private final Map<Long, Long> numbers = new HashMap<>();

	/**
	 * Give another name to something, wherever it is a key or a whole text.
	 */
	StableJson rename(String real, String name) {
		this.names.put(real, name);
		return this;
	}

	/**
	 * Give another number to a process.
	 */
	StableJson renumber(long pid, long number) {
		this.numbers.put(pid, number);
		return this;
	}

	String write(String json) {
		return write(JsonMapper.shared().readTree(json), "");
	}

	private String write(JsonNode node, String indent) {
		String deeper = indent + "  ";
		if (node.isObject() && !node.isEmpty()) {
			Map<String, String> fields = new LinkedHashMap<>();
			node.properties()
				.forEach((field) -> fields.put(this.names.getOrDefault(field.getKey(), field.getKey()),
						field(field.getKey(), field.getValue(), deeper)));
			return fields.entrySet()
				.stream()
				.map((field) -> deeper + "\"" + field.getKey() + "\": " + field.getValue())
				.collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
		}
		if (node.isArray() && StreamSupport.stream(node.spliterator(), false).anyMatch(JsonNode::isObject)) {
			return StreamSupport.stream(node.spliterator(), false)
				.map((element) -> deeper + write(element, deeper))
				.collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
		}
		if (node.isArray()) {
			return StreamSupport.stream(node.spliterator(), false)
				.map((element) -> write(element, deeper))
				.collect(Collectors.joining(", ", "[", "]"));
		}
		if (node.isString()) {
			String text = node.asString();
			return JsonMapper.shared().writeValueAsString(this.names.getOrDefault(text, text));
		}
		return node.toString();
	}

	private String field(String name, JsonNode value, String indent) {
		if (PIDS.contains(name)) {
			return String.valueOf(this.numbers.getOrDefault(value.asLong(), value.asLong()));
		}
		String instead = FIELDS.get(name);
		// the number of processes that have been started has the name of a time
		return (instead != null && value.isString() == instead.startsWith("\"")) ? instead : write(value, indent);
	}

}
