// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.TreeEnd;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.Spawner;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * A process that is ended alone.
 */
public final class NoCompanions implements Companions {

	private final Spawner spawner;

	private final SpawnedChild child;

	/**
	 * Create companions of a process that has none.
	 * @param spawner what signals
	 * @param child the process
	 */
	public NoCompanions(Spawner spawner, SpawnedChild child) {
		this.spawner = spawner;
		this.child = child;
	}

	@Override
	public void ask(ProcessSignal signal) {
		send(signal);
		send(ProcessSignal.CONT);
	}

	@Override
	public void kill() {
		send(ProcessSignal.KILL);
	}

	private void send(ProcessSignal signal) {
		try {
			ChildSignal.send(this.spawner, this.child, signal);
		}
		catch (SystemCallFailure ex) {
			// ESRCH, EPERM: it has ended, or has become somebody whom we may not signal;
			// the wait for its end is bounded either way, and whoever waits is told
		}
	}

	@Override
	public boolean look() {
		return false;
	}

	@Override
	public boolean mayLeaveTheGroup() {
		return false;
	}

	@Override
	public TreeEnd report() {
		return TreeEnd.ALONE;
	}

}
