// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.util.function.BooleanSupplier;

import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.internal.cgroup.CgroupMaker;
import io.github.subprocess.internal.live.CallerLoop;
import io.github.subprocess.internal.live.GuardedSystem;
import io.github.subprocess.internal.live.Orphanage;
import io.github.subprocess.internal.live.Reactor;
import io.github.subprocess.internal.plan.PlanCompiler;
import io.github.subprocess.internal.tree.TreeToken;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.policy.TerminationScope;
import io.github.subprocess.spi.BundledProgram;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * What a launcher can launch with once the native core has been loaded.
 */
record Engine(OperatingSystem system, PlanCompiler compiler, SpawnerThreads spawners, Reactor reactor, PollPool polls,
		@Nullable Orphanage orphanage, boolean adopting, CgroupMaker cgroups) {

	/**
	 * The parent of all orphans of its namespace, pid_namespaces(7).
	 */
	private static final long FIRST_PROCESS = 1;

	/**
	 * Make an engine.
	 * @param plain the operating system
	 * @param guardian what ends children when the JVM dies, {@code null}: nothing does
	 * @param adopting whether the JVM adopts orphans; the first process of a container
	 * does anyway
	 * @return the engine
	 * @throws NativeCoreUnavailableException if the system refuses what is needed
	 */
	static Engine over(OperatingSystem plain, @Nullable BundledProgram guardian, boolean adopting) {
		if (adopting) {
			adoptOrphans(plain);
		}
		boolean parentOfOrphans = adopting || ProcessHandle.current().pid() == FIRST_PROCESS;
		try {
			Reactor reactor = new Reactor(plain.newPoll());
			OperatingSystem system = (guardian != null) ? new GuardedSystem(plain, reactor, guardian) : plain;
			return new Engine(system, new PlanCompiler(JvmEnvironment.read(), system.users()),
					new SpawnerThreads(system.spawner()), reactor, new PollPool(system),
					parentOfOrphans ? new Orphanage(system, reactor) : null, adopting,
					new CgroupMaker(system.cgroups()));
		}
		catch (SystemCallFailure ex) {
			throw new NativeCoreUnavailableException("Processes cannot be watched: " + ex.getMessage(),
					"Look at the limits of the JVM on open descriptors.", ex);
		}
	}

	private static void adoptOrphans(OperatingSystem system) {
		try {
			system.others().adoptOrphans();
		}
		catch (SystemCallFailure ex) {
			throw new NativeCoreUnavailableException("Orphans cannot be adopted: " + ex.getMessage(),
					"Look at what restricts the system calls of the JVM, or do not ask for adoptOrphans.", ex);
		}
	}

	/**
	 * Make what the descendants of a process are recognised by.
	 * @param policy the policy of the process
	 * @return a new token, {@code null} when nobody would look for it
	 */
	@Nullable TreeToken tokenFor(ProcessPolicy policy) {
		TerminationPolicy termination = policy.termination();
		boolean ofTree = termination != null && termination.scope() == TerminationScope.TREE;
		return (ofTree || this.adopting) ? TreeToken.next() : null;
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
			return new CallerLoop(this.polls.lend(), this.reactor);
		}
		catch (SystemCallFailure ex) {
			return null;
		}
	}

	/**
	 * Release what it holds, as soon as no process is left that is watched, and that the
	 * end of its spawner thread could kill.
	 * @param somebodyLeft whether there is one
	 */
	void close(BooleanSupplier somebodyLeft) {
		this.system.close();
		this.polls.close();
		this.reactor.close(somebodyLeft, () -> {
			this.spawners.close();
			this.cgroups.removeLeft();
		});
	}

}
