// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.List;

import io.github.subprocess.policy.ProcessPolicy;
import org.jspecify.annotations.Nullable;

/**
 * All that can be told of one process at one moment: what it was started with, and, while
 * it is alive, what the kernel tells about it and its descendants.
 *
 * @param snapshot what is known of it
 * @param policy the policy that it was launched under, merged
 * @param figures what it uses; {@code null} when it has ended or there is no
 * {@code /proc}
 * @param descendants the same of those that come from it, as far as they can be told from
 * others; empty when it has ended
 * @param descriptors what it has open; empty when it has ended, or where the kernel does
 * not tell this user
 * @param cgroup what those in its cgroup use; {@code null} when none was made for it, or
 * it has ended: its result tells then
 * @param deadlinesLeft how long it may go on
 * @param outputTail the end of what it has written to standard output so far, if that is
 * captured; may be confidential
 * @param errorTail the same of standard error
 * @since 0.1.0
 */
public record ProcessInspection(ProcessSnapshot snapshot, ProcessPolicy policy, @Nullable ProcessFigures figures,
		List<ProcessFigures> descendants, List<OpenDescriptor> descriptors, @Nullable CgroupFigures cgroup,
		DeadlinesLeft deadlinesLeft, CapturedOutput outputTail, CapturedOutput errorTail) {

	public ProcessInspection {
		descendants = List.copyOf(descendants);
		descriptors = List.copyOf(descriptors);
	}

	/**
	 * Return a description without what may be confidential.
	 */
	@Override
	public String toString() {
		return "ProcessInspection[id=%s, policy=%s, state=%s]".formatted(this.snapshot.id(), this.snapshot.policy(),
				this.snapshot.state());
	}

}
