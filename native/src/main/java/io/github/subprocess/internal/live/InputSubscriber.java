// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Subscribes to a publisher of the application and feeds the process what it sends, a few
 * buffers at a time. The publisher is called where application code runs, and may call
 * from anywhere.
 */
final class InputSubscriber implements Flow.Subscriber<ByteBuffer>, InputWriter.Progress {

	private static final System.Logger logger = System.getLogger(InputSubscriber.class.getName());

	private static final int MOST_REQUESTED = 4;

	private final Flow.Publisher<ByteBuffer> publisher;

	private final InputWriter writer;

	private final EventLoop loop;

	private final SerialTasks tasks;

	private final ReentrantLock lock = new ReentrantLock();

	private Consumer<Throwable> onFailure = (failure) -> {
	};

	private volatile Flow.@Nullable Subscription subscription;

	private int requested;

	private int taken;

	private boolean over;

	InputSubscriber(Flow.Publisher<ByteBuffer> publisher, InputWriter writer, EventLoop loop, SerialTasks tasks) {
		this.publisher = publisher;
		this.writer = writer;
		this.loop = loop;
		this.tasks = tasks;
	}

	void begin(Consumer<Throwable> onFailure) {
		this.onFailure = onFailure;
		this.writer.tell(this);
		this.tasks.execute(() -> {
			try {
				this.publisher.subscribe(this);
			}
			catch (Throwable ex) {
				fail(ex);
			}
		});
	}

	// what the publisher tells

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		Objects.requireNonNull(subscription, "subscription");
		boolean wanted;
		this.lock.lock();
		try {
			wanted = this.subscription == null && !this.over;
			if (wanted) {
				this.subscription = subscription;
				this.requested = MOST_REQUESTED;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (wanted) {
			subscription.request(MOST_REQUESTED);
		}
		else {
			subscription.cancel();
		}
	}

	@Override
	public void onNext(ByteBuffer bytes) {
		Objects.requireNonNull(bytes, "bytes");
		boolean tooMany;
		this.lock.lock();
		try {
			if (this.over) {
				return;
			}
			tooMany = this.requested == 0;
			if (!tooMany) {
				this.requested--;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (tooMany) {
			cancel();
			fail(new IllegalStateException("The publisher sent more buffers than were requested"));
			return;
		}
		ByteBuffer source = bytes.slice();
		this.loop.execute(() -> this.writer.add(source));
	}

	@Override
	public void onError(Throwable failure) {
		fail(Objects.requireNonNull(failure, "failure"));
	}

	@Override
	public void onComplete() {
		if (finish()) {
			this.loop.execute(this.writer::finish);
		}
	}

	/**
	 * The input stays open until the process has been ended for it: at an end of file it
	 * would take half an input for a whole.
	 */
	private void fail(Throwable failure) {
		if (finish()) {
			this.onFailure.accept(failure);
		}
	}

	private boolean finish() {
		this.lock.lock();
		try {
			boolean first = !this.over;
			this.over = true;
			return first;
		}
		finally {
			this.lock.unlock();
		}
	}

	// what the writer tells, on the event loop

	@Override
	public void taken() {
		int more;
		this.lock.lock();
		try {
			this.taken++;
			if (this.taken < MOST_REQUESTED / 2 || this.over) {
				return;
			}
			more = this.taken;
			this.taken = 0;
		}
		finally {
			this.lock.unlock();
		}
		this.tasks.execute(() -> request(more));
	}

	private void request(int more) {
		Flow.Subscription asked = this.subscription;
		this.lock.lock();
		try {
			if (this.over || asked == null) {
				return;
			}
			this.requested += more;
		}
		finally {
			this.lock.unlock();
		}
		try {
			asked.request(more);
		}
		catch (Throwable ex) {
			fail(ex);
		}
	}

	@Override
	public void closed() {
		if (finish()) {
			this.tasks.execute(this::cancel);
		}
	}

	private void cancel() {
		Flow.Subscription last = this.subscription;
		try {
			if (last != null) {
				last.cancel();
			}
		}
		catch (RuntimeException | Error ex) {
			logger.log(System.Logger.Level.WARNING, "A publisher failed when its subscription was cancelled", ex);
		}
	}

}
