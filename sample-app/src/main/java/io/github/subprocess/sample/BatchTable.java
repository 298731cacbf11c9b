// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ResourceUsage;

import org.springframework.util.unit.DataSize;

/**
 * Lays out the rows of a batch as text. The kernel counts the memory of the JVM for a
 * child until exec, so that the largest resident set is an upper bound.
 */
final class BatchTable {

	private BatchTable() {
	}

	static String of(List<BatchRow> rows) {
		StringBuilder table = new StringBuilder();
		append(table, "FILE", "POLICY", "EXIT", "BYTES IN", "BYTES OUT", "SPAWN", "CPU", "MAX RSS");
		rows.forEach((row) -> append(table, row));
		return table.toString();
	}

	private static void append(StringBuilder table, BatchRow row) {
		String file = String.valueOf(row.file().getFileName());
		String size = String.format(Locale.ROOT, "%,d", row.size());
		ProcessResult result = row.result();
		if (result == null) {
			String failure = (row.failure() != null) ? row.failure().step() + " " + row.failure().errnoName() : "?";
			append(table, file, row.policy(), failure, size, "-", "-", "-", "-");
			return;
		}
		append(table, file, row.policy(), exit(result.status()), size,
				String.format(Locale.ROOT, "%,d", result.output().totalBytes()), millis(result.spawnDuration()),
				millis(result.usage().cpuTime()), maxResident(result.usage()));
	}

	private static void append(StringBuilder table, Object... cells) {
		String line = String.format(Locale.ROOT, "%-24s %-16s %-14s %11s %11s %9s %9s %12s", cells);
		table.append('\n').append(line.stripTrailing());
	}

	/**
	 * For a program that needs less memory than the JVM the kernel knows an upper bound
	 * only.
	 */
	private static String maxResident(ResourceUsage usage) {
		String size = DataSize.ofBytes(usage.maxResidentBytes()).toMegabytes() + " MiB";
		return usage.maxResidentExact() ? size : "<= " + size;
	}

	private static String exit(ExitStatus status) {
		return (status instanceof ExitStatus.Exited exited) ? String.valueOf(exited.code()) : status.toString();
	}

	private static String millis(Duration duration) {
		return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
	}

}
