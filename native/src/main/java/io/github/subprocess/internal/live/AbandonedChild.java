// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.internal.tree.ChildSignal;
import io.github.subprocess.internal.tree.Kin;
import io.github.subprocess.internal.tree.TreeToken;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * A child that was born and that nobody is going to watch.
 */
public final class AbandonedChild {

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private AbandonedChild() {
	}

	/**
	 * End it, with its group if it has one of its own: nothing of it is left.
	 * @param system the operating system
	 * @param child the child
	 * @param ownGroup whether it leads a group
	 */
	static void end(OperatingSystem system, SpawnedChild child, boolean ownGroup) {
		end(system, child, ownGroup, null, null);
	}

	/**
	 * End it, with its group if it has one of its own: nothing of it is left.
	 * @param system the operating system
	 * @param child the child
	 * @param ownGroup whether it leads a group
	 * @param token what its descendants are recognised by, {@code null}: nothing
	 * @param orphanage where those go who have yet to end, {@code null} when orphans are
	 * not adopted
	 */
	public static void end(OperatingSystem system, SpawnedChild child, boolean ownGroup, @Nullable TreeToken token,
			@Nullable Orphanage orphanage) {
		try {
			if (ownGroup) {
				system.spawner().signalGroup(child.pid(), ProcessSignal.KILL.number());
			}
			else {
				ChildSignal.send(system.spawner(), child, ProcessSignal.KILL);
			}
		}
		catch (SystemCallFailure ex) {
			// it has ended
		}
		if (orphanage != null) {
			orphanage.settle(new Kin(child.pid(), ownGroup, token, true));
		}
		reap(system, child);
		if (child.hasPidfd()) {
			system.descriptors().close(child.pidfd());
		}
	}

	/**
	 * Reap a child that has been sent SIGKILL. Only one that is stuck in a system call
	 * takes longer than a moment, and is not waited for longer than {@link Termination}
	 * would.
	 * @param system the operating system
	 * @param child the child
	 * @return how it ended, {@code null} where nobody knows
	 */
	static @Nullable ExitRecord reap(OperatingSystem system, SpawnedChild child) {
		long begun = System.nanoTime();
		boolean interrupted = false;
		FailedWaits patience = new FailedWaits();
		try {
			while (true) {
				try {
					ExitRecord exit = system.spawner().poll(child.pidfd(), true);
					if (exit != null || System.nanoTime() - begun >= Termination.KILL_WAIT.toNanos()) {
						return exit;
					}
				}
				catch (SystemCallFailure ex) {
					if (patience.isExhausted(ex)) {
						return null;
					}
				}
				LockSupport.parkNanos(PAUSE_NANOS);
				interrupted |= Thread.interrupted();
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
