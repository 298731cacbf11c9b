// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

import io.github.subprocess.NativeCoreUnavailableException;

/**
 * Loads the native core in a thread of its own, which takes part of a second: an
 * application does other things meanwhile, and its first launch finds it ready.
 */
final class EngineStart {

	private final FutureTask<Engine> start;

	EngineStart(Supplier<Engine> loader) {
		this.start = new FutureTask<>(loader::get);
		Thread thread = new Thread(null, this.start, "subprocess-start", 0, false);
		thread.setDaemon(true);
		thread.setContextClassLoader(EngineStart.class.getClassLoader());
		thread.start();
	}

	/**
	 * Return the engine. The wait for it has no bound of its own: it is over when the
	 * libraries have been loaded, or cannot be.
	 * @return the engine
	 * @throws NativeCoreUnavailableException if there is none
	 */
	Engine await() {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return this.start.get();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof NativeCoreUnavailableException unavailable) {
				// one for each who asks: an exception tells where it was thrown
				throw new NativeCoreUnavailableException(String.valueOf(unavailable.getMessage()), unavailable.remedy(),
						unavailable);
			}
			throw new NativeCoreUnavailableException("The native core could not be loaded: " + ex.getCause(),
					"This is a defect of the library or of the JVM: see the cause.", ex.getCause());
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
