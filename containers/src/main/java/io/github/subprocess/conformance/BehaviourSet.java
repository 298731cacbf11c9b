// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.conformance;

import java.util.List;

/**
 * Tests that make sense together. Those of the library are named: their classes are
 * nobody else's to see.
 */
enum BehaviourSet {

	/**
	 * What a program without privileges can rely on anywhere.
	 */
	ESSENTIALS(SandboxesAsFound.class.getName(), "io.github.subprocess.ProcessLauncherTests",
			"io.github.subprocess.StartFailureTests", "io.github.subprocess.StreamTests",
			"io.github.subprocess.TerminationTests"),

	/**
	 * All behaviours that do not measure, and need no more privileges than an ordinary
	 * user has.
	 */
	BEHAVIOURS(SandboxesAsFound.class.getName(), "io.github.subprocess.CommandParameterTests",
			"io.github.subprocess.DeadlineTests", "io.github.subprocess.DeathSignalTests",
			"io.github.subprocess.EndingOutcomeTests", "io.github.subprocess.GuardTests",
			"io.github.subprocess.InputTests", "io.github.subprocess.InspectionTests",
			"io.github.subprocess.LaunchInterceptorTests", "io.github.subprocess.OutputLinesTests",
			"io.github.subprocess.OutputPublisherTests", "io.github.subprocess.OutputTargetTests",
			"io.github.subprocess.PinnedProgramTests", "io.github.subprocess.PipelineTests",
			"io.github.subprocess.PolicyStreamTests", "io.github.subprocess.ProcessContractTests",
			"io.github.subprocess.ProcessLauncherTests", "io.github.subprocess.ProcessListenerTests",
			"io.github.subprocess.SandboxTests", "io.github.subprocess.StartFailureTests",
			"io.github.subprocess.StreamTests", "io.github.subprocess.TerminalTests",
			"io.github.subprocess.TerminationTests", "io.github.subprocess.TreeTerminationTests",
			"io.github.subprocess.VirtualThreadTests", "io.github.subprocess.WatchedFiguresTests"),

	/**
	 * What holds where the JVM has to be the init of its container.
	 */
	FIRST_PROCESS(FirstProcess.class.getName()),

	/**
	 * What holds even where nothing can be read in {@code /proc}.
	 */
	WITHOUT_PROC(WithoutProc.class.getName()),

	/**
	 * What happens where the number of processes is limited.
	 */
	FEW_PROCESSES(FewProcesses.class.getName()),

	/**
	 * What happens to a child that takes all memory.
	 */
	LITTLE_MEMORY(LittleMemory.class.getName());

	@SuppressWarnings("ImmutableEnumChecker")
	private final List<String> classes;

	BehaviourSet(String... classes) {
		this.classes = List.of(classes);
	}

	List<String> classes() {
		return this.classes;
	}

}
