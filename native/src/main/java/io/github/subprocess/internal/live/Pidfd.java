// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.internal.tree.ChildSignal;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * The descriptor that stands for a child, or its pid where there are no such descriptors:
 * never signalled through once the child is about to be reaped, when its number may come
 * to stand for something else.
 */
final class Pidfd {

	private final OperatingSystem system;

	private final SpawnedChild child;

	private boolean valid = true;

	private boolean closed;

	Pidfd(OperatingSystem system, SpawnedChild child) {
		this.system = system;
		this.child = child;
	}

	/**
	 * Signal the child.
	 * @return whether it was there
	 * @throws SystemCallFailure if it may not be signalled
	 */
	synchronized boolean signal(ProcessSignal signal) throws SystemCallFailure {
		if (!this.valid) {
			return false;
		}
		try {
			ChildSignal.send(this.system.spawner(), this.child, signal);
			return true;
		}
		catch (SystemCallFailure ex) {
			if (ex.errnoName().equals("ESRCH")) {
				return false;
			}
			throw ex;
		}
	}

	/**
	 * Return whether the pid still stands for the child.
	 */
	synchronized boolean isValid() {
		return this.valid;
	}

	/**
	 * Signal no more: the child is about to be reaped.
	 */
	synchronized void retire() {
		this.valid = false;
	}

	synchronized void close() {
		this.valid = false;
		if (!this.closed && this.child.hasPidfd()) {
			this.system.descriptors().close(this.child.pidfd());
		}
		this.closed = true;
	}

}
