// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.Spawner;
import org.jspecify.annotations.Nullable;

/**
 * Where births happen. As a rule that is the thread of the caller, which the kernel stops
 * until exec. Two kinds have to happen in a platform thread that never ends:
 * <ul>
 * <li>with a death signal, which the kernel sends when the <em>thread</em> ends that
 * spawned, not the process (prctl(2), {@code PR_SET_PDEATHSIG});</li>
 * <li>out of a virtual thread, whose carrier would be stopped.</li>
 * </ul>
 * Such threads are made when they are first needed, few, and live until {@link #close()}.
 */
final class SpawnerThreads implements AutoCloseable {

	private static final int MOST_THREADS = 8;

	private static final @Nullable MethodHandle IS_VIRTUAL = findIsVirtual();

	private final Spawner spawner;

	private final ThreadPoolExecutor threads;

	SpawnerThreads(Spawner spawner) {
		this.spawner = spawner;
		int count = Math.max(2, Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS));
		this.threads = new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				daemons());
	}

	private static ThreadFactory daemons() {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(null, task, "subprocess-spawner-" + number.incrementAndGet(), 0, false);
			thread.setDaemon(true);
			// they outlive the application whose thread happens to be the first
			thread.setContextClassLoader(SpawnerThreads.class.getClassLoader());
			return thread;
		};
	}

	private static @Nullable MethodHandle findIsVirtual() {
		try {
			return MethodHandles.publicLookup()
				.findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
		}
		catch (ReflectiveOperationException ex) {
			// before Java 21
			return null;
		}
	}

	/**
	 * Start a program in the right thread. An interrupt does not stop a birth: it is kept
	 * for the caller to see afterwards.
	 * @param plan what to start
	 * @return the child
	 * @throws SpawnFailure if it could not be started
	 */
	SpawnedChild spawn(SpawnPlan plan) throws SpawnFailure {
		if (plan.attributes().deathSignal() == null && !isVirtual(Thread.currentThread())) {
			return this.spawner.spawn(plan);
		}
		try {
			return await(this.threads.submit(() -> this.spawner.spawn(plan)));
		}
		catch (RejectedExecutionException ex) {
			throw new ProcessRejectedException("The process launcher has been closed");
		}
	}

	/**
	 * Start a program, and wait for that no longer than a deadline. What is born after it
	 * is not wanted any more: only the kernel can end a birth.
	 * @param plan what to start
	 * @param deadline how long to wait
	 * @param late is told in a spawner thread when such a birth is over, of the child or,
	 * when there is none, of {@code null}
	 * @return the child
	 * @throws SpawnFailure if it could not be started
	 * @throws StartDeadlinePassed if it was not born in time
	 */
	SpawnedChild spawn(SpawnPlan plan, Duration deadline, Consumer<@Nullable SpawnedChild> late)
			throws SpawnFailure, StartDeadlinePassed {
		AtomicBoolean decided = new AtomicBoolean();
		Future<SpawnedChild> birth;
		try {
			birth = this.threads.submit(() -> deliver(plan, decided, late));
		}
		catch (RejectedExecutionException ex) {
			throw new ProcessRejectedException("The process launcher has been closed");
		}
		SpawnedChild child = await(birth, System.nanoTime() + deadline.toNanos());
		if (child == null && decided.compareAndSet(false, true)) {
			throw new StartDeadlinePassed(deadline);
		}
		return (child != null) ? child : await(birth);
	}

	private @Nullable SpawnedChild deliver(SpawnPlan plan, AtomicBoolean decided, Consumer<@Nullable SpawnedChild> late)
			throws SpawnFailure {
		SpawnedChild child = null;
		try {
			child = !decided.get() ? this.spawner.spawn(plan) : null;
			return child;
		}
		finally {
			if (!decided.compareAndSet(false, true)) {
				late.accept(child);
			}
		}
	}

	static boolean isVirtual(Thread thread) {
		if (IS_VIRTUAL == null) {
			return false;
		}
		try {
			return (boolean) IS_VIRTUAL.invokeExact(thread);
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Cannot ask a thread whether it is virtual", ex);
		}
	}

	/**
	 * The wait has no bound of its own: a birth takes as long as the kernel needs for it.
	 */
	private static SpawnedChild await(Future<SpawnedChild> birth) throws SpawnFailure {
		SpawnedChild child = null;
		while (child == null) {
			child = await(birth, System.nanoTime() + Long.MAX_VALUE / 2);
		}
		return child;
	}

	private static @Nullable SpawnedChild await(Future<SpawnedChild> birth, long deadlineNanos) throws SpawnFailure {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return birth.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		catch (TimeoutException ex) {
			return null;
		}
		catch (ExecutionException ex) {
			throw rethrow(ex.getCause());
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static SpawnFailure rethrow(@Nullable Throwable cause) {
		if (cause instanceof RuntimeException exception) {
			throw exception;
		}
		if (cause instanceof Error error) {
			throw error;
		}
		if (cause instanceof SpawnFailure failure) {
			return failure;
		}
		throw new IllegalStateException("A birth failed in an unknown way", cause);
	}

	/**
	 * Let the threads end. Only when no child is left that the end of its thread would
	 * kill.
	 */
	@Override
	public void close() {
		this.threads.shutdown();
	}

}
