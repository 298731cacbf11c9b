// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.Resource;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * Reads a resource limit as people write it: {@code 64MB}, {@code 30s}, {@code 256},
 * {@code unlimited}, or soft and hard limit apart as {@code 256:1024}.
 */
final class LimitText {

	private static final String UNLIMITED = "unlimited";

	private LimitText() {
	}

	/**
	 * Read a limit.
	 * @param resource what is limited, which decides on the unit
	 * @param text the limit
	 * @return the limit
	 * @throws IllegalArgumentException if it is none, with a reason that follows a name
	 */
	static Limit parse(Resource resource, String text) {
		int colon = text.indexOf(':');
		if (colon < 0) {
			return Limit.of(value(resource, text.strip()));
		}
		return new Limit(value(resource, text.substring(0, colon).strip()),
				value(resource, text.substring(colon + 1).strip()));
	}

	private static long value(Resource resource, String text) {
		if (text.equalsIgnoreCase(UNLIMITED)) {
			return Limit.UNLIMITED;
		}
		try {
			return notNegative(switch (resource) {
				case CPU_TIME -> whole(DurationStyle.detectAndParse(text, ChronoUnit.SECONDS), ChronoUnit.SECONDS);
				case REALTIME_TIME -> whole(DurationStyle.detectAndParse(text, ChronoUnit.MICROS), ChronoUnit.MICROS);
				case FILE_SIZE, DATA, STACK, CORE_SIZE, RESIDENT_SET, LOCKED_MEMORY, ADDRESS_SPACE, MESSAGE_QUEUES ->
					DataSize.parse(text).toBytes();
				case PROCESSES, OPEN_FILES, FILE_LOCKS, PENDING_SIGNALS, NICE_CEILING, REALTIME_PRIORITY ->
					Long.parseLong(text);
			});
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"must be " + kind(resource) + ", or '" + UNLIMITED + "', not '" + text + "'", ex);
		}
	}

	private static long notNegative(long value) {
		if (value < 0) {
			throw new IllegalArgumentException("negative");
		}
		return value;
	}

	private static long whole(Duration duration, ChronoUnit unit) {
		long count = duration.dividedBy(unit.getDuration());
		if (!Duration.of(count, unit).equals(duration)) {
			throw new IllegalArgumentException("not whole " + unit);
		}
		return count;
	}

	private static String kind(Resource resource) {
		return switch (resource) {
			case CPU_TIME -> "whole seconds as '30s'";
			case REALTIME_TIME -> "whole microseconds as '100ms'";
			case FILE_SIZE, DATA, STACK, CORE_SIZE, RESIDENT_SET, LOCKED_MEMORY, ADDRESS_SPACE, MESSAGE_QUEUES ->
				"a data size as '64MB'";
			case PROCESSES, OPEN_FILES, FILE_LOCKS, PENDING_SIGNALS, NICE_CEILING, REALTIME_PRIORITY -> "a number";
		};
	}

}
