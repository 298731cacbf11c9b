// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens once and that futures tell of. As long as nobody has asked for
 * the future there is none, and it costs nothing to complete it.
 *
 * @param <T> what is told
 */
final class Announcement<T> {

	private final Executor executor;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable CompletableFuture<T> future;

	private @Nullable T value;

	private @Nullable Throwable failure;

	/**
	 * Create an announcement of something that has not happened.
	 * @param executor completes futures, on which application code hangs
	 */
	Announcement(Executor executor) {
		this.executor = executor;
	}

	/**
	 * Return a future of its own for whoever asks.
	 */
	CompletableFuture<T> future() {
		this.lock.lock();
		try {
			if (this.future == null) {
				this.future = new CompletableFuture<>();
				if (this.value != null || this.failure != null) {
					complete(this.future);
				}
			}
			return this.future.copy();
		}
		finally {
			this.lock.unlock();
		}
	}

	void succeed(T value) {
		happen(value, null);
	}

	void fail(Throwable failure) {
		happen(null, failure);
	}

	private void happen(@Nullable T value, @Nullable Throwable failure) {
		this.lock.lock();
		try {
			this.value = value;
			this.failure = failure;
			CompletableFuture<T> asked = this.future;
			if (asked != null) {
				this.executor.execute(() -> complete(asked));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void complete(CompletableFuture<T> future) {
		if (this.failure != null) {
			future.completeExceptionally(this.failure);
		}
		else {
			future.complete(this.value);
		}
	}

}
