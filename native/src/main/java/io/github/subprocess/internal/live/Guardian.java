// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.internal.live.GuardianProcess.Operation;
import io.github.subprocess.spi.BundledProgram;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a small program runs which ends the process groups of this launcher
 * when the JVM has died without doing so, and that it knows them all. It is started when
 * it is first needed; when it has died, or does not listen, it is replaced by another
 * one. Each launcher has its own: they are small, and so nothing is to be agreed upon.
 * <p>
 * Safe for use by many threads. Whoever comes while another one is being started waits
 * for that, the reactor too: a fraction of a millisecond, or
 * {@linkplain GuardianProcess#LONGEST_WAIT somewhat longer} once for a guardian that was
 * stopped.
 */
final class Guardian implements AutoCloseable {

	private static final System.Logger logger = System.getLogger(Guardian.class.getName());

	/**
	 * One that dies sooner is not replaced before it is needed, lest there be no end to
	 * it.
	 */
	private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);

	private final OperatingSystem system;

	private final Reactor reactor;

	private final BundledProgram program;

	private final Lock lock = new ReentrantLock();

	private final Set<Integer> groups = new HashSet<>();

	private @Nullable GuardianProcess process;

	private boolean closed;

	Guardian(OperatingSystem system, Reactor reactor, BundledProgram program) {
		this.system = system;
		this.reactor = reactor;
		this.program = program;
	}

	/**
	 * Start it unless it runs, so that it can be told of a group at once.
	 * @throws GuardianFailure if it cannot be started
	 */
	void begin() {
		this.lock.lock();
		try {
			if (this.process == null) {
				start();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Guard a group, whose leader has not been reaped.
	 * @param group the group
	 * @throws GuardianFailure if there is nobody to guard it
	 */
	void watch(int group) {
		this.lock.lock();
		try {
			this.groups.add(group);
			tell(Operation.WATCH, group);
		}
		catch (RuntimeException ex) {
			this.groups.remove(group);
			throw ex;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Guard a group no longer, whose leader is about to be reaped.
	 * @param group the group
	 */
	void forget(int group) {
		this.lock.lock();
		try {
			if (this.groups.remove(group) && this.process != null) {
				tell(Operation.FORGET, group);
			}
		}
		catch (GuardianFailure | NativeCoreUnavailableException ex) {
			logUnguarded(ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Tell the one that runs. Where there is none, start one: it is told of all groups.
	 */
	private void tell(Operation operation, int group) {
		GuardianProcess told = this.process;
		if (told != null) {
			try {
				told.tell(operation, group);
				return;
			}
			catch (SystemCallFailure ex) {
				logger.log(System.Logger.Level.WARNING, "The guardian (pid " + told.pid()
						+ ") does not listen, and another one takes its place: " + ex.getMessage());
				this.process = null;
				told.end();
			}
		}
		start();
	}

	private void start() {
		if (this.closed) {
			throw new ProcessRejectedException("The process launcher has been closed");
		}
		try {
			GuardianProcess started = GuardianProcess.start(this.system, this.program);
			try {
				started.watchWith(this.reactor, () -> ended(started));
				for (int group : this.groups) {
					started.tell(Operation.WATCH, group);
				}
			}
			catch (SystemCallFailure ex) {
				started.end();
				throw ex;
			}
			this.process = started;
		}
		catch (SystemCallFailure ex) {
			throw new GuardianFailure(ex);
		}
	}

	private void ended(GuardianProcess dead) {
		this.lock.lock();
		try {
			if (this.process != dead) {
				return;
			}
			this.process = null;
			ExitRecord exit = dead.end();
			logger.log(System.Logger.Level.WARNING, "The guardian (pid " + dead.pid() + ") has ended before its time: "
					+ ((exit != null) ? exit.status() : "somebody else has reaped it"));
			if (dead.hasRunFor(SHORTEST_LIFE) && !this.groups.isEmpty()) {
				start();
			}
			else {
				logUnguarded(null);
			}
		}
		catch (GuardianFailure | NativeCoreUnavailableException ex) {
			logUnguarded(ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void logUnguarded(@Nullable RuntimeException failure) {
		if (!this.groups.isEmpty()) {
			logger.log(System.Logger.Level.ERROR,
					this.groups.size() + " process groups are not guarded until the next launch, which tries again",
					failure);
		}
	}

	/**
	 * Forget all groups, and end it.
	 */
	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.groups.clear();
			GuardianProcess last = this.process;
			this.process = null;
			if (last != null) {
				last.end();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
