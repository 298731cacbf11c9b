// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.subprocess.internal.live.Reactor;
import org.jspecify.annotations.Nullable;

/**
 * Where code of the application runs: listeners, what hangs on futures, input streams
 * that are read for a process, and what takes its output. Virtual threads where the JVM
 * has them. Elsewhere a few daemon threads tell, and there is one for each process whose
 * streams have work to do, since that may block; all of them end when idle.
 */
final class ApplicationExecutor implements AutoCloseable {

	private static final System.Logger logger = System.getLogger(ApplicationExecutor.class.getName());

	private static final int TELLING_THREADS = 4;

	private static final long IDLE_SECONDS = 10;

	private final Executor telling;

	private final Executor pumping;

	private final Runnable onClose;

	private volatile @Nullable Consumer<Runnable> later;

	private ApplicationExecutor(Executor telling, Executor pumping, Runnable onClose) {
		this.telling = telling;
		this.pumping = pumping;
		this.onClose = onClose;
	}

	static ApplicationExecutor over(Executor executor) {
		return new ApplicationExecutor(executor, executor, () -> {
		});
	}

	static ApplicationExecutor ofOurOwn() {
		ExecutorService virtual = virtualThreads();
		if (virtual != null) {
			return new ApplicationExecutor(virtual, virtual, virtual::shutdown);
		}
		ThreadPoolExecutor telling = new ThreadPoolExecutor(TELLING_THREADS, TELLING_THREADS, IDLE_SECONDS,
				TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("subprocess-events-"));
		telling.allowCoreThreadTimeOut(true);
		ThreadPoolExecutor pumping = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS,
				new SynchronousQueue<>(), daemons("subprocess-streams-"));
		return new ApplicationExecutor(telling, pumping, () -> {
			telling.shutdown();
			pumping.shutdown();
		});
	}

	private static @Nullable ExecutorService virtualThreads() {
		try {
			return (ExecutorService) MethodHandles.publicLookup()
				.findStatic(Executors.class, "newVirtualThreadPerTaskExecutor",
						MethodType.methodType(ExecutorService.class))
				.invoke();
		}
		catch (Throwable ex) {
			// before Java 21
			return null;
		}
	}

	private static ThreadFactory daemons(String prefix) {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, prefix + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

	void tell(Runnable task) {
		execute(this.telling, task);
	}

	void pump(Runnable task) {
		execute(this.pumping, task);
	}

	/**
	 * Have tried again later what there is no thread for now.
	 * @param reactor has time for that
	 */
	void tryAgainIn(Reactor reactor) {
		this.later = reactor::executeLater;
	}

	private void execute(Executor executor, Runnable task) {
		try {
			executor.execute(task);
		}
		catch (OutOfMemoryError ex) {
			Consumer<Runnable> anotherTry = this.later;
			if (anotherTry == null || !ThreadShortage.isMeantBy(ex)) {
				throw ex;
			}
			// who waits for what was to be told would wait for ever
			anotherTry.accept(() -> execute(executor, task));
		}
		catch (RejectedExecutionException ex) {
			// shut down before us: what was to be told must not be lost for it
			logger.log(System.Logger.Level.DEBUG, "The executor takes no more tasks; using a thread of its own", ex);
			Thread thread = new Thread(task, "subprocess-late");
			thread.setDaemon(true);
			thread.start();
		}
	}

	@Override
	public void close() {
		this.onClose.run();
	}

}
