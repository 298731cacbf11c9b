// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Publishes what a process writes to one subscriber: what is not requested is not read.
 * All signals are tasks, so that they come one after the other and none within another.
 */
final class PublisherSink implements OutputSink, Flow.Publisher<ByteBuffer>, Flow.Subscription {

	private static final System.Logger logger = System.getLogger(PublisherSink.class.getName());

	private final Consumer<Flow.Publisher<ByteBuffer>> consumer;

	private final SerialTasks tasks;

	private final SerialSink queue;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable OutputReader reader;

	private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;

	private boolean subscribed;

	private long demand;

	private boolean starved;

	private boolean ended;

	private volatile boolean cancelled;

	PublisherSink(Consumer<Flow.Publisher<ByteBuffer>> consumer, SerialTasks tasks) {
		this.consumer = consumer;
		this.tasks = tasks;
		this.queue = new SerialSink(new Signals(), tasks);
	}

	@Override
	public void begin(OutputReader reader) {
		this.reader = reader;
		this.queue.begin(reader);
		this.queue.execute(() -> this.consumer.accept(this));
	}

	// what the subscriber asks

	@Override
	public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
		Objects.requireNonNull(subscriber, "subscriber");
		boolean late;
		this.lock.lock();
		try {
			if (this.subscribed) {
				this.tasks.execute(() -> refuse(subscriber));
				return;
			}
			this.subscribed = true;
			this.subscriber = subscriber;
			late = this.ended;
		}
		finally {
			this.lock.unlock();
		}
		this.queue.execute(() -> subscriber.onSubscribe(this));
		if (late) {
			this.queue.end();
		}
	}

	private void refuse(Flow.Subscriber<? super ByteBuffer> another) {
		try {
			another.onSubscribe(new NoSubscription());
			another.onError(new IllegalStateException("The output of a process has one subscriber"));
		}
		catch (Throwable ex) {
			logger.log(System.Logger.Level.WARNING, "A subscriber failed when it was refused", ex);
		}
	}

	@Override
	public void request(long count) {
		if (count <= 0) {
			if (stop()) {
				this.tasks
					.execute(() -> fail(new IllegalArgumentException("A positive number must be requested: " + count)));
			}
			return;
		}
		boolean wasStarved;
		this.lock.lock();
		try {
			long sum = this.demand + count;
			this.demand = (sum > 0) ? sum : Long.MAX_VALUE;
			wasStarved = this.starved;
			this.starved = false;
		}
		finally {
			this.lock.unlock();
		}
		if (wasStarved) {
			tellReader();
		}
	}

	@Override
	public void cancel() {
		if (stop()) {
			this.tasks.execute(this::forgetSubscriber);
		}
	}

	private boolean stop() {
		this.lock.lock();
		try {
			if (this.cancelled) {
				return false;
			}
			this.cancelled = true;
		}
		finally {
			this.lock.unlock();
		}
		tellReader();
		return true;
	}

	private void tellReader() {
		if (this.reader != null) {
			this.reader.sinkChanged();
		}
	}

	// what the reader tells

	@Override
	public boolean hasRoom() {
		this.lock.lock();
		try {
			if (this.cancelled || this.queue.isDone()) {
				return true;
			}
			this.starved = this.demand == 0;
			return !this.starved && this.queue.hasRoom();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void take(ByteBuffer bytes) {
		this.lock.lock();
		try {
			if (this.cancelled || this.queue.isDone()) {
				return;
			}
			if (this.demand != Long.MAX_VALUE) {
				this.demand--;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.queue.take(bytes);
	}

	@Override
	public void end() {
		boolean early;
		this.lock.lock();
		try {
			this.ended = true;
			early = !this.subscribed;
		}
		finally {
			this.lock.unlock();
		}
		if (!early) {
			this.queue.end();
		}
	}

	@Override
	public void abandon() {
		this.queue.abandon();
		this.tasks.execute(() -> {
			if (!this.cancelled) {
				fail(new IOException("The output was not read to its end before the drain deadline passed"));
			}
		});
	}

	@Override
	public boolean wantsMore() {
		return !this.cancelled;
	}

	@Override
	public boolean isDone() {
		return this.cancelled || this.queue.isDone();
	}

	// tasks

	private void fail(Exception failure) {
		Flow.Subscriber<? super ByteBuffer> last = forgetSubscriber();
		if (last == null) {
			return;
		}
		try {
			last.onError(failure);
		}
		catch (Throwable ex) {
			logger.log(System.Logger.Level.WARNING, "A subscriber failed when it was told of a failure", ex);
		}
	}

	private Flow.@Nullable Subscriber<? super ByteBuffer> forgetSubscriber() {
		this.lock.lock();
		try {
			Flow.Subscriber<? super ByteBuffer> last = this.subscriber;
			this.subscriber = null;
			return last;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What the subscriber is told when all goes well.
	 */
	private final class Signals implements Delivery {

		@Override
		public void deliver(ByteBuffer bytes) {
			Flow.Subscriber<? super ByteBuffer> current = PublisherSink.this.subscriber;
			if (current != null && !PublisherSink.this.cancelled) {
				current.onNext(bytes);
			}
		}

		@Override
		public void end() {
			if (!PublisherSink.this.cancelled) {
				Flow.Subscriber<? super ByteBuffer> last = forgetSubscriber();
				if (last != null) {
					last.onComplete();
				}
			}
		}

	}

	/**
	 * What a subscriber gets that gets nothing.
	 */
	private static final class NoSubscription implements Flow.Subscription {

		@Override
		public void request(long count) {
			// there is nothing to be had
		}

		@Override
		public void cancel() {
			// there is nothing to be ended
		}

	}

}
