// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * The descriptor that stands for a child: never signalled through once it is closed, when
 * its number may stand for something else.
 */
final class Pidfd {

	private final OperatingSystem system;

	private final int descriptor;

	private boolean open = true;

	Pidfd(OperatingSystem system, int descriptor) {
		this.system = system;
		this.descriptor = descriptor;
	}

	/**
	 * Signal the child.
	 * @return whether it was there
	 * @throws SystemCallFailure if it may not be signalled
	 */
	synchronized boolean signal(ProcessSignal signal) throws SystemCallFailure {
		if (!this.open) {
			return false;
		}
		try {
			this.system.spawner().signal(this.descriptor, signal.number());
			return true;
		}
		catch (SystemCallFailure ex) {
			if (ex.errnoName().equals("ESRCH")) {
				return false;
			}
			throw ex;
		}
	}

	synchronized void close() {
		if (this.open) {
			this.open = false;
			this.system.descriptors().close(this.descriptor);
		}
	}

}
