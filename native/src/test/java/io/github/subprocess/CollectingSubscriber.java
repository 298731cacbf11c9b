// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * Keeps what it gets, and asks for more only when a test says so, or always.
 */
class CollectingSubscriber implements Flow.Subscriber<ByteBuffer> {

	private final long first;

	private final long each;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final CountDownLatch subscribed = new CountDownLatch(1);

	private final CountDownLatch terminated = new CountDownLatch(1);

	private final AtomicBoolean inside = new AtomicBoolean();

	private volatile Flow.@Nullable Subscription subscription;

	private volatile @Nullable Throwable failure;

	private volatile int signalsTogether;

	private volatile int buffers;

	CollectingSubscriber(long first, long each) {
		this.first = first;
		this.each = each;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		enter();
		this.subscription = subscription;
		this.subscribed.countDown();
		if (this.first != 0) {
			subscription.request(this.first);
		}
		leave();
	}

	@Override
	public void onNext(ByteBuffer item) {
		enter();
		byte[] copy = new byte[item.remaining()];
		item.get(copy);
		this.bytes.writeBytes(copy);
		this.buffers = this.buffers + 1;
		if (this.each != 0) {
			requireSubscription().request(this.each);
		}
		leave();
	}

	@Override
	public void onError(Throwable throwable) {
		enter();
		this.failure = throwable;
		this.terminated.countDown();
		leave();
	}

	@Override
	public void onComplete() {
		enter();
		this.terminated.countDown();
		leave();
	}

	private void enter() {
		if (!this.inside.compareAndSet(false, true)) {
			this.signalsTogether = this.signalsTogether + 1;
		}
	}

	private void leave() {
		this.inside.set(false);
	}

	Flow.Subscription requireSubscription() {
		Flow.Subscription current = this.subscription;
		if (current == null) {
			throw new IllegalStateException("not subscribed");
		}
		return current;
	}

	Flow.Subscription awaitSubscription() throws InterruptedException {
		this.subscribed.await(30, TimeUnit.SECONDS);
		return requireSubscription();
	}

	boolean awaitTermination() throws InterruptedException {
		return this.terminated.await(30, TimeUnit.SECONDS);
	}

	boolean isTerminated() {
		return this.terminated.getCount() == 0;
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	int buffers() {
		return this.buffers;
	}

	int signalsTogether() {
		return this.signalsTogether;
	}

	byte[] bytes() {
		return this.bytes.toByteArray();
	}

}
