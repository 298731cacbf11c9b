// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.TerminationReason;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint @Endpoint} to see live and recent processes and, where its access is
 * unrestricted, to end them.
 *
 * @since 0.1.0
 */
@Endpoint(id = "subprocesses", defaultAccess = Access.READ_ONLY)
public class SubprocessesEndpoint {

	private final ProcessRegistry processes;

	private final SubprocessDescriptorFactory descriptors;

	private final Show showValues;

	/**
	 * Create an endpoint.
	 * @param processes the processes
	 * @param sanitizingFunctions what hides confidential values that are shown otherwise
	 * @param showValues when to show arguments and working directories
	 */
	public SubprocessesEndpoint(ProcessRegistry processes, Iterable<SanitizingFunction> sanitizingFunctions,
			Show showValues) {
		this(processes, sanitizingFunctions, showValues, Clock.systemUTC());
	}

	SubprocessesEndpoint(ProcessRegistry processes, Iterable<SanitizingFunction> sanitizingFunctions, Show showValues,
			Clock clock) {
		this.processes = processes;
		this.descriptors = new SubprocessDescriptorFactory(new Sanitizer(sanitizingFunctions), clock);
		this.showValues = showValues;
	}

	/**
	 * Describe live and recent processes.
	 * @param policy only those of this policy
	 * @param state only those in this state
	 * @return the processes
	 */
	@ReadOperation
	public SubprocessesDescriptor subprocesses(@Nullable String policy, ProcessSnapshot.@Nullable State state) {
		return subprocesses(policy, state, this.showValues.isShown(true));
	}

	SubprocessesDescriptor subprocesses(@Nullable String policy, ProcessSnapshot.@Nullable State state,
			boolean showUnsanitized) {
		Predicate<ProcessSnapshot> filter = (process) -> (policy == null || policy.equals(process.policy()))
				&& (state == null || state == process.state());
		List<ProcessSnapshot> live = this.processes.live();
		Map<String, SubprocessDescriptor> subprocesses = new LinkedHashMap<>();
		live.stream()
			.filter(filter)
			.forEach((process) -> subprocesses.put(process.id(), this.descriptors.create(process, showUnsanitized)));
		List<SubprocessDescriptor> recent = this.processes.recent()
			.stream()
			.filter(filter)
			.map((process) -> this.descriptors.create(process, showUnsanitized))
			.toList();
		return new SubprocessesDescriptor(live.size(), this.processes.started(), this.processes.failedToStart(),
				subprocesses, recent);
	}

	/**
	 * Describe a live or recent process.
	 * @param id the id that the launcher gave it
	 * @return the process, or {@code null} when the id is unknown or forgotten
	 */
	@ReadOperation
	public @Nullable SubprocessDescriptor subprocess(@Selector String id) {
		return subprocess(id, this.showValues.isShown(true));
	}

	@Nullable SubprocessDescriptor subprocess(String id, boolean showUnsanitized) {
		return this.processes.find(id).map((process) -> this.descriptors.create(process, showUnsanitized)).orElse(null);
	}

	/**
	 * Begin to end a process with its group, as its policy says. One that has ended
	 * already is left alone.
	 * @param id the id that the launcher gave it
	 * @return whether the id is known
	 */
	@WriteOperation
	public boolean terminate(@Selector String id) {
		return this.processes.terminate(id, TerminationReason.OPERATOR) || this.processes.find(id).isPresent();
	}

}
