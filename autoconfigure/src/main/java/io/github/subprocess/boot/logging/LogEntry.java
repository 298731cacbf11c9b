// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.logging;

import java.util.stream.Collectors;

import io.github.subprocess.policy.LogLevel;
import org.apache.commons.logging.Log;

/**
 * Writes one line to a log, whatever is in it.
 */
final class LogEntry {

	private static final int LONGEST = 4096;

	private LogEntry() {
	}

	static void write(Log log, LogLevel level, String message) {
		String line = harmless(message);
		switch (level) {
			case OFF -> {
			}
			case TRACE -> log.trace(line);
			case DEBUG -> log.debug(line);
			case INFO -> log.info(line);
			case WARN -> log.warn(line);
			case ERROR -> log.error(line);
		}
	}

	/** Arguments must neither forge lines nor steer the terminal of who reads them. */
	private static String harmless(String message) {
		String line = message.chars()
			.limit(LONGEST)
			.mapToObj((c) -> Character.isISOControl(c) ? "\uFFFD" : Character.toString(c))
			.collect(Collectors.joining());
		return (message.length() > LONGEST) ? line + " [...]" : line;
	}

}
