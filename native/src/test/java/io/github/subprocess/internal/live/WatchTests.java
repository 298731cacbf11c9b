// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.subprocess.internal.jnr.JnrOperatingSystem;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.ReadinessPoll;
import io.github.subprocess.spi.SystemCallFailure;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A descriptor that is ready at once: its handler is run before the thread that has added
 * it goes on.
 */
@Timeout(60)
class WatchTests {

	private final OperatingSystem system = JnrOperatingSystem.load(null);

	private final DescriptorIo io = this.system.descriptors();

	private DescriptorIo.Pipe pipe;

	@BeforeEach
	void fill() throws Exception {
		this.pipe = this.io.pipe(true);
		assertThat(this.io.write(this.pipe.childEnd(), ByteBuffer.allocateDirect(1))).isEqualTo(1);
	}

	@AfterEach
	void close() {
		this.io.close(this.pipe.parentEnd());
		this.io.close(this.pipe.childEnd());
	}

	@Test
	void isAddedOnceAndThenRearmed() throws Exception {
		SlowToReturn poll = new SlowToReturn(this.system.newPoll());
		try (Reactor reactor = new Reactor(poll)) {
			AtomicReference<EventLoop.Watch> watch = new AtomicReference<>();
			CountDownLatch told = new CountDownLatch(2);
			watch.set(reactor.prepare(this.pipe.parentEnd(), ReadinessPoll.Interest.READ, () -> {
				poll.loop = Thread.currentThread();
				told.countDown();
				if (told.getCount() > 0) {
					watch.get().rearmOrLook();
				}
			}));
			reactor.begin();
			watch.get().begin();
			assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(poll.added).hasValue(1);
			assertThat(poll.rearmed).hasValue(1);
			watch.get().forget();
		}
	}

	/**
	 * Adds, and does not return before the event loop wants to go on with what was added.
	 */
	private static final class SlowToReturn extends PassingPoll {

		private final AtomicInteger added = new AtomicInteger();

		private final AtomicInteger rearmed = new AtomicInteger();

		private volatile Thread loop;

		SlowToReturn(ReadinessPoll poll) {
			super(poll);
		}

		@Override
		public void add(int descriptor, long token, Interest interest) throws SystemCallFailure {
			if (this.added.incrementAndGet() > 1) {
				return;
			}
			super.add(descriptor, token, interest);
			Awaitility.await()
				.until(() -> this.added.get() > 1
						|| (this.loop != null && this.loop.getState() == Thread.State.BLOCKED));
		}

		@Override
		public void rearm(int descriptor, long token, Interest interest) throws SystemCallFailure {
			this.rearmed.incrementAndGet();
			super.rearm(descriptor, token, interest);
		}

	}

}
