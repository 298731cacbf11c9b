// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.internal.live.CallerLoop;
import io.github.subprocess.internal.live.GuardedSystem;
import io.github.subprocess.internal.live.Reactor;
import io.github.subprocess.internal.plan.PlanCompiler;
import io.github.subprocess.spi.BundledProgram;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * What a launcher can launch with once the native core has been loaded.
 */
record Engine(OperatingSystem system, PlanCompiler compiler, SpawnerThreads spawners, Reactor reactor) {

	static Engine over(OperatingSystem plain, @Nullable BundledProgram guardian) {
		try {
			Reactor reactor = new Reactor(plain.newPoll());
			OperatingSystem system = (guardian != null) ? new GuardedSystem(plain, reactor, guardian) : plain;
			return new Engine(system, new PlanCompiler(System.getenv(), system.users()),
					new SpawnerThreads(system.spawner()), reactor);
		}
		catch (SystemCallFailure ex) {
			throw new NativeCoreUnavailableException("Processes cannot be watched: " + ex.getMessage(),
					"Look at the limits of the JVM on open descriptors.", ex);
		}
	}

	/**
	 * Make an event loop for the calling thread.
	 * @return the loop, {@code null} for a virtual thread, whose carrier must not wait in
	 * the kernel, and where there are no descriptors left
	 */
	@Nullable CallerLoop newCallerLoop() {
		if (SpawnerThreads.isVirtual(Thread.currentThread())) {
			return null;
		}
		try {
			return new CallerLoop(this.system.newPoll(), this.reactor);
		}
		catch (SystemCallFailure ex) {
			return null;
		}
	}

	/**
	 * Release what it holds.
	 * @param nothingLeft whether no process lives, which the end of its spawner thread
	 * could kill
	 */
	void close(boolean nothingLeft) {
		if (nothingLeft) {
			this.spawners.close();
		}
		this.system.close();
		this.reactor.close();
	}

}
