// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.util.Set;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.Spawner;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * A signal to a child that has not been reaped. Where pidfd_send_signal(2) alone is
 * refused, the pid does as well: it is nobody else's as long as nobody reaps the child.
 */
public final class ChildSignal {

	/**
	 * What a sandbox says of a call that it does not let through.
	 */
	private static final Set<String> REFUSALS = Set.of("ENOSYS", "EPERM");

	private ChildSignal() {
	}

	/**
	 * Signal a child that this JVM does not reap meanwhile.
	 * @param spawner what signals
	 * @param child the child
	 * @param signal the signal
	 * @throws SystemCallFailure with {@code ESRCH} when somebody else has reaped it, or
	 * if it may not be signalled
	 */
	public static void send(Spawner spawner, SpawnedChild child, ProcessSignal signal) throws SystemCallFailure {
		try {
			spawner.signal(child.pidfd(), signal.number());
		}
		catch (SystemCallFailure ex) {
			if (!child.hasPidfd() || !isRefusal(ex) || !isThere(spawner, child)) {
				throw ex;
			}
			try {
				spawner.signal(-child.pid(), signal.number());
			}
			catch (SystemCallFailure second) {
				second.addSuppressed(ex);
				throw second;
			}
		}
	}

	/**
	 * Tell whether it is the call that is refused, and not the process that is gone.
	 */
	static boolean isRefusal(SystemCallFailure failure) {
		return REFUSALS.contains(failure.errnoName());
	}

	/**
	 * Other code in this JVM may have reaped it, and its pid be somebody else's.
	 */
	private static boolean isThere(Spawner spawner, SpawnedChild child) {
		try {
			spawner.poll(child.pidfd(), false);
			return true;
		}
		catch (SystemCallFailure ex) {
			return false;
		}
	}

}
