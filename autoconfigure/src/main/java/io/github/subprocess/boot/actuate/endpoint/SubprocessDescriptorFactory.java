// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.github.subprocess.CapturedOutput;
import io.github.subprocess.ExitStatus;
import io.github.subprocess.ProcessInspection;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.SpawnWarning;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;

/**
 * Describes a process, with its confidential parts sanitized.
 */
final class SubprocessDescriptorFactory {

	private final Sanitizer sanitizer;

	private final Clock clock;

	SubprocessDescriptorFactory(Sanitizer sanitizer, Clock clock) {
		this.sanitizer = sanitizer;
		this.clock = clock;
	}

	/**
	 * Describe a process in a list of many.
	 */
	SubprocessDescriptor create(ProcessSnapshot process, boolean showUnsanitized) {
		return create(process, null, showUnsanitized);
	}

	/**
	 * Describe a process with all that was seen of it.
	 */
	SubprocessDescriptor create(ProcessInspection inspection, boolean showUnsanitized) {
		return create(inspection.snapshot(), SubprocessDetailDescriptorFactory.create(inspection,
				(key, value) -> sanitize(key, value, showUnsanitized)), showUnsanitized);
	}

	private SubprocessDescriptor create(ProcessSnapshot process, @Nullable SubprocessDetailDescriptor detail,
			boolean showUnsanitized) {
		ProcessResult result = process.result();
		return new SubprocessDescriptor(process.id(), process.pid(), process.policy(), Kebab.of(process.state()),
				process.program(),
				process.arguments()
					.stream()
					.map((argument) -> sanitize("arguments", argument, showUnsanitized))
					.toList(),
				directory(process.workingDirectory(), showUnsanitized), Kebab.of(process.session()),
				(process.processGroup() != 0) ? process.processGroup() : null, Kebab.of(process.mechanism()),
				Kebab.of(process.closing()), warnings(process.warnings()), process.started(),
				(result == null) ? age(process) : null, process.spawnDuration(), process.deadline(),
				(process.terminationReason() != null) ? Kebab.of(process.terminationReason()) : null,
				(result != null) ? result.duration() : null, (result != null) ? result.status().toString() : null,
				exitCode(result), signal(result), (result != null) ? Kebab.of(result.outcome()) : null,
				(result != null) ? result.forced() : null, treeEnded(result), leftOvers(result),
				(result != null) ? result.usage().cpuTime() : null,
				(result != null) ? result.usage().maxResidentBytes() : null,
				(result != null) ? result.usage().maxResidentExact() : null,
				(result != null) ? result.output().totalBytes() : null,
				(result != null) ? result.error().totalBytes() : null,
				(result != null) ? (isCut(result.output()) || isCut(result.error())) : null, detail);
	}

	private static @Nullable List<SpawnWarningDescriptor> warnings(List<SpawnWarning> warnings) {
		return !warnings.isEmpty() ? warnings.stream()
			.map((warning) -> new SpawnWarningDescriptor(warning.step(), warning.errnoName(), warning.errnoText(),
					warning.subject()))
			.toList() : null;
	}

	private static @Nullable Integer treeEnded(@Nullable ProcessResult result) {
		return (result != null && result.treeEnd().ended() > 0) ? result.treeEnd().ended() : null;
	}

	private static @Nullable List<LeftOverDescriptor> leftOvers(@Nullable ProcessResult result) {
		return (result != null && !result.treeEnd().left().isEmpty()) ? result.treeEnd()
			.left()
			.stream()
			.map((left) -> new LeftOverDescriptor(left.pid(), left.name(), Kebab.of(left.reason())))
			.toList() : null;
	}

	private @Nullable String directory(@Nullable Path directory, boolean showUnsanitized) {
		return (directory != null) ? sanitize("workingDirectory", directory.toString(), showUnsanitized) : null;
	}

	private String sanitize(String key, String value, boolean showUnsanitized) {
		return String.valueOf(this.sanitizer.sanitize(new SanitizableData(null, key, value), showUnsanitized));
	}

	private Duration age(ProcessSnapshot process) {
		return Duration.between(process.started(), this.clock.instant());
	}

	private static @Nullable Integer exitCode(@Nullable ProcessResult result) {
		return (result != null && result.status() instanceof ExitStatus.Exited exited) ? exited.code() : null;
	}

	private static @Nullable String signal(@Nullable ProcessResult result) {
		return (result != null && result.status() instanceof ExitStatus.Signalled signalled)
				? ProcessSignal.nameOf(signalled.signal()) : null;
	}

	private static boolean isCut(CapturedOutput output) {
		return output.truncated() || !output.complete();
	}

}
