// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.SpawnWarning;

/**
 * A child whose program runs.
 *
 * @param pid its process id
 * @param pidfd a descriptor that stands for it (pidfd_open(2)), which the receiver
 * closes; where the kernel or a sandbox has none the negative of the pid, which stands
 * for the child until it has been reaped
 * @param program the file that was executed
 * @param mechanism how it was born
 * @param closing how descriptors were closed in it
 * @param warnings the attributes that it was refused and could be started without
 * @since 0.1.0
 */
public record SpawnedChild(int pid, int pidfd, String program, SpawnMechanism mechanism, DescriptorClosing closing,
		List<SpawnWarning> warnings) {

	public SpawnedChild {
		warnings = List.copyOf(warnings);
	}

	/**
	 * Return whether there is a descriptor that stands for it and tells of its end.
	 * @return whether there is
	 */
	public boolean hasPidfd() {
		return this.pidfd >= 0;
	}

	/**
	 * Return this child with more that it was refused.
	 * @param more the warnings to add
	 * @return a child
	 */
	public SpawnedChild withWarnings(List<SpawnWarning> more) {
		List<SpawnWarning> all = new ArrayList<>(this.warnings);
		all.addAll(more);
		return new SpawnedChild(this.pid, this.pidfd, this.program, this.mechanism, this.closing, all);
	}

}
