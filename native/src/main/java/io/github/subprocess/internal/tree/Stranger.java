// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * A process that this JVM did not start, held by a pidfd while it is looked at: whatever
 * is done to it is done to the one that was seen, or to nobody.
 */
final class Stranger implements AutoCloseable {

	private final OperatingSystem system;

	private final int pidfd;

	private Stranger(OperatingSystem system, int pidfd) {
		this.system = system;
		this.pidfd = pidfd;
	}

	/**
	 * Take hold of a process.
	 * @return the process, {@code null} when it is not there any more
	 */
	static @Nullable Stranger open(OperatingSystem system, int pid, Proof proof) {
		Stranger stranger;
		try {
			stranger = new Stranger(system, system.others().open(pid));
		}
		catch (SystemCallFailure ex) {
			return null;
		}
		if (proof.isGiven()) {
			return stranger;
		}
		stranger.close();
		return null;
	}

	static @Nullable Stranger open(OperatingSystem system, ProcessEntry seen) {
		return open(system, seen.pid(), () -> seen.isSame(ProcessEntry.read(seen.pid())));
	}

	/**
	 * Signal it.
	 * @return whether that was permitted
	 */
	boolean signal(ProcessSignal signal) {
		return permits(signal.number());
	}

	/**
	 * Ask whether it may be signalled, with the number 0 without doing so.
	 */
	boolean permits(int signal) {
		try {
			this.system.spawner().signal(this.pidfd, signal);
			return true;
		}
		catch (SystemCallFailure ex) {
			// it may just as well have ended
			return !ChildSignal.isRefusal(ex);
		}
	}

	/**
	 * Reap it if it has ended and is a child of the JVM by now.
	 */
	void reap() {
		try {
			this.system.spawner().poll(this.pidfd, true);
		}
		catch (SystemCallFailure ex) {
			// ECHILD: it is not ours to reap
		}
	}

	@Override
	public void close() {
		this.system.descriptors().close(this.pidfd);
	}

	/**
	 * Tells, once there is a pidfd for a pid, whether that pid is who was meant.
	 */
	@FunctionalInterface
	interface Proof {

		boolean isGiven();

	}

}
