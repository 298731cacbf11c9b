// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.context.ApplicationEventPublisher;

/**
 * {@link Endpoint @Endpoint} to see live and recent processes and, where its access is
 * unrestricted, to end them.
 *
 * @since 0.1.0
 */
@Endpoint(id = "subprocesses", defaultAccess = Access.READ_ONLY)
public class SubprocessesEndpoint {

	private static final int DEFAULT_TAIL = 4096;

	private static final int LONGEST_TAIL = 65536;

	private final ProcessRegistry processes;

	private final ProcessOperations operations;

	private final SubprocessDescriptorFactory descriptors;

	private final Show showValues;

	/**
	 * Create an endpoint.
	 * @param processes the processes
	 * @param sanitizingFunctions what hides confidential values that are shown otherwise
	 * @param showValues when to show arguments, directories, names of open files and what
	 * was written
	 * @param publisher gets an audit event for each operation
	 */
	public SubprocessesEndpoint(ProcessRegistry processes, Iterable<SanitizingFunction> sanitizingFunctions,
			Show showValues, ApplicationEventPublisher publisher) {
		this(processes, sanitizingFunctions, showValues, publisher, Clock.systemUTC());
	}

	SubprocessesEndpoint(ProcessRegistry processes, Iterable<SanitizingFunction> sanitizingFunctions, Show showValues,
			ApplicationEventPublisher publisher, Clock clock) {
		this.processes = processes;
		this.operations = new ProcessOperations(processes, new OperatorAudit(publisher));
		this.descriptors = new SubprocessDescriptorFactory(new Sanitizer(sanitizingFunctions), clock);
		this.showValues = showValues;
	}

	/**
	 * Describe live and recent processes.
	 * @param policy only those of this policy
	 * @param state only those in this state
	 * @param name only those whose program's file has this name, without directories
	 * @return the processes
	 */
	@ReadOperation
	public SubprocessesDescriptor subprocesses(@Nullable String policy, ProcessSnapshot.@Nullable State state,
			@Nullable String name) {
		return subprocesses(policy, state, name, this.showValues.isShown(true));
	}

	SubprocessesDescriptor subprocesses(@Nullable String policy, ProcessSnapshot.@Nullable State state,
			@Nullable String name, boolean showUnsanitized) {
		Predicate<ProcessSnapshot> filter = (process) -> (policy == null || policy.equals(process.policy()))
				&& (state == null || state == process.state()) && (name == null || name.equals(fileName(process)));
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
				this.processes.rejected(), subprocesses, recent);
	}

	private static String fileName(ProcessSnapshot process) {
		return process.program().substring(process.program().lastIndexOf('/') + 1);
	}

	/**
	 * Describe a live or recent process in detail.
	 * @param id the id that the launcher gave it
	 * @param tail how many bytes of the end of its output, up to 65536; 4096 unless set
	 * @return the process, or {@code null} when the id is unknown or forgotten
	 */
	@ReadOperation
	public @Nullable SubprocessDescriptor subprocess(@Selector String id, @Nullable Integer tail) {
		if (!isTail(tail)) {
			throw new InvalidEndpointRequestException("tail is out of range: " + tail,
					"tail must be between 0 and " + LONGEST_TAIL);
		}
		return subprocess(id, tail, this.showValues.isShown(true));
	}

	@Nullable SubprocessDescriptor subprocess(String id, @Nullable Integer tail, boolean showUnsanitized) {
		return this.processes.inspect(id, (tail != null) ? tail : DEFAULT_TAIL)
			.map((inspection) -> this.descriptors.create(inspection, showUnsanitized))
			.orElse(null);
	}

	static boolean isTail(@Nullable Integer tail) {
		return tail == null || (tail >= 0 && tail <= LONGEST_TAIL);
	}

	/**
	 * Signal a live process alone, or begin to end it with those in the scope of its
	 * policy, as its policy says. One that has ended already is left alone.
	 * @param id the id that the launcher gave it
	 * @param signal what to send; ended if left out
	 * @param reason why, for the audit: at most 200 characters
	 * @return the process afterwards, which tells whether it was alive to be signalled;
	 * {@code null} when the id is unknown or forgotten
	 */
	@WriteOperation
	public @Nullable SubprocessDescriptor write(@Selector String id, @Nullable ProcessSignal signal,
			@Nullable String reason) {
		return afterwards(id, write(null, id, signal, reason));
	}

	OperationOutcome write(@Nullable String principal, String id, @Nullable ProcessSignal signal,
			@Nullable String reason) {
		return this.operations.write(principal, id, signal, reason);
	}

	/**
	 * Begin to end a process with those in the scope of its policy by SIGKILL, without a
	 * grace period. One that has ended already is left alone.
	 * @param id the id that the launcher gave it
	 * @param reason why, for the audit: at most 200 characters
	 * @return the process afterwards, or {@code null} when the id is unknown or forgotten
	 */
	@DeleteOperation
	public @Nullable SubprocessDescriptor kill(@Selector String id, @Nullable String reason) {
		return afterwards(id, kill(null, id, reason));
	}

	private @Nullable SubprocessDescriptor afterwards(String id, OperationOutcome outcome) {
		if (outcome == OperationOutcome.INVALID) {
			throw new InvalidEndpointRequestException("reason is too long or has control characters",
					"reason must have at most " + ProcessOperations.LONGEST_REASON
							+ " characters and no control characters");
		}
		return this.processes.find(id)
			.map((process) -> this.descriptors.create(process, this.showValues.isShown(true)))
			.orElse(null);
	}

	OperationOutcome kill(@Nullable String principal, String id, @Nullable String reason) {
		return this.operations.kill(principal, id, reason);
	}

}
