// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BinaryOperator;

import io.github.subprocess.CapturedOutput;
import io.github.subprocess.CgroupFigures;
import io.github.subprocess.DeadlinesLeft;
import io.github.subprocess.OpenDescriptor;
import io.github.subprocess.ProcessFigures;
import io.github.subprocess.ProcessInspection;
import io.github.subprocess.ProcessResult;
import org.jspecify.annotations.Nullable;

/**
 * Describes what was seen of a process when it was looked at closely.
 */
final class SubprocessDetailDescriptorFactory {

	private SubprocessDetailDescriptorFactory() {
	}

	static SubprocessDetailDescriptor create(ProcessInspection inspection, BinaryOperator<String> sanitizer) {
		ProcessFigures figures = inspection.figures();
		boolean alive = figures != null;
		return new SubprocessDetailDescriptor(PolicyDescription.of(inspection.policy(), sanitizer),
				(figures != null) ? figures(figures) : null, alive ? tree(inspection.descendants()) : null,
				alive ? descriptors(inspection.descriptors(), sanitizer) : null, cgroup(inspection),
				left(inspection.deadlinesLeft()), tail("outputTail", inspection.outputTail(), sanitizer),
				tail("errorTail", inspection.errorTail(), sanitizer));
	}

	private static List<FiguresDescriptor> tree(List<ProcessFigures> descendants) {
		return descendants.stream().map(SubprocessDetailDescriptorFactory::figures).toList();
	}

	private static FiguresDescriptor figures(ProcessFigures figures) {
		return new FiguresDescriptor(figures.pid(), figures.parent(), figures.name(), Kebab.of(figures.activity()),
				figures.threads(), figures.cpuTime(), figures.residentBytes(), figures.bytesRead(),
				figures.bytesWritten());
	}

	private static List<OpenDescriptorDescriptor> descriptors(List<OpenDescriptor> descriptors,
			BinaryOperator<String> sanitizer) {
		return descriptors.stream()
			.map((one) -> new OpenDescriptorDescriptor(one.number(), Kebab.of(one.kind()),
					sanitizer.apply("descriptors", one.target())))
			.toList();
	}

	private static @Nullable CgroupDescriptor cgroup(ProcessInspection inspection) {
		CgroupFigures figures = inspection.cgroup();
		ProcessResult result = inspection.snapshot().result();
		if (result != null && result.cgroup() != null) {
			figures = new CgroupFigures(result.cgroup(), null, null);
		}
		return (figures != null) ? CgroupDescriptor.of(figures) : null;
	}

	private static @Nullable DeadlinesLeftDescriptor left(DeadlinesLeft left) {
		return !left.equals(DeadlinesLeft.NONE) ? new DeadlinesLeftDescriptor(left.wall(), left.idle(), left.cpu())
				: null;
	}

	private static @Nullable String tail(String key, CapturedOutput output, BinaryOperator<String> sanitizer) {
		String text = new String(output.bytes(), StandardCharsets.UTF_8);
		return !text.isEmpty() ? sanitizer.apply(key, text) : null;
	}

}
