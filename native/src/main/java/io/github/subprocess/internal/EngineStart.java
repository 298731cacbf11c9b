// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.subprocess.NativeCoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Loads the native core in a thread of its own, which takes part of a second: an
 * application does other things meanwhile, and its first launch finds it ready.
 */
final class EngineStart {

	private final FutureTask<Engine> start;

	private final Consumer<Engine> rehearsal;

	private volatile @Nullable NativeCoreUnavailableException unmet;

	EngineStart(Supplier<Engine> loader) {
		this(loader, (engine) -> {
		}, (engine) -> {
		});
	}

	/**
	 * Begin to load.
	 * @param loader what loads
	 * @param requirements refuses what has been loaded with a
	 * {@link NativeCoreUnavailableException} if nothing may be launched with it
	 * @param rehearsal is done afterwards by the same thread, and nobody waits for it
	 */
	EngineStart(Supplier<Engine> loader, Consumer<Engine> requirements, Consumer<Engine> rehearsal) {
		this.rehearsal = rehearsal;
		this.start = new FutureTask<>(() -> {
			Engine engine = loader.get();
			try {
				requirements.accept(engine);
			}
			catch (NativeCoreUnavailableException ex) {
				this.unmet = ex;
			}
			return engine;
		});
		Thread thread = new Thread(null, this::start, "subprocess-start", 0, false);
		thread.setDaemon(true);
		thread.setContextClassLoader(EngineStart.class.getClassLoader());
		thread.start();
	}

	private void start() {
		this.start.run();
		try {
			this.rehearsal.accept(this.start.get());
		}
		catch (ExecutionException | InterruptedException ex) {
			// told to each who waits for the engine
		}
	}

	/**
	 * Return the engine to launch with.
	 * @return the engine
	 * @throws NativeCoreUnavailableException if there is none, or not what is required
	 * @see #awaitLoaded()
	 */
	Engine await() {
		Engine engine = awaitLoaded();
		NativeCoreUnavailableException unmet = this.unmet;
		if (unmet != null) {
			throw again(unmet);
		}
		return engine;
	}

	/**
	 * Return the engine, whether it has what is required or not. The wait for it has no
	 * bound of its own: it is over when the libraries have been loaded, or cannot be.
	 * @return the engine
	 * @throws NativeCoreUnavailableException if there is none
	 */
	Engine awaitLoaded() {
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
				throw again(unavailable);
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

	/**
	 * One for each who asks: an exception tells where it was thrown.
	 */
	private static NativeCoreUnavailableException again(NativeCoreUnavailableException unavailable) {
		return new NativeCoreUnavailableException(String.valueOf(unavailable.getMessage()), unavailable.remedy(),
				unavailable);
	}

}
