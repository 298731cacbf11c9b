// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a process is given to read, and what is told of it.
 */
@Timeout(60)
class InputTests {

	private static final byte[] MUCH = new byte[5_000_000];

	private final ProcessLauncher launcher = Fixture.launcher().build();

	@AfterEach
	void close() {
		this.launcher.close();
	}

	@Test
	void allBytesAreCounted() {
		ProcessResult result = this.launcher.command("wc", "-c").input(MUCH).run();
		assertThat(result.outputText()).isEqualTo("5000000\n");
		assertThat(result.input()).isEqualTo(new InputReport(5_000_000, true, false));
	}

	@Test
	void nothingIsToldWhereTheJvmWritesNothing() {
		assertThat(this.launcher.command("true").run().input()).isEqualTo(InputReport.NONE);
	}

	@Test
	void emptyInputIsComplete() {
		assertThat(this.launcher.command("cat").input(new byte[0]).run().input())
			.isEqualTo(new InputReport(0, true, false));
	}

	@Test
	void bytesThatAreNotWantedAreNoFailure() {
		ProcessResult result = this.launcher.command("head", "-c", "10").input(MUCH).run();
		assertThat(result.output().totalBytes()).isEqualTo(10);
		assertThat(result.input().brokenPipe()).isTrue();
		assertThat(result.input().complete()).isFalse();
		assertThat(result.input().bytesWritten()).isBetween(10L, 4_999_999L);
	}

	@Test
	void aProcessThatClosesItsInputAndLivesOn() {
		ProcessResult result = this.launcher.command("sh", "-c", "exec <&-; echo closed; sleep 0.2")
			.input(new ByteArrayInputStream(MUCH))
			.run();
		assertThat(result.outputText()).isEqualTo("closed\n");
		assertThat(result.input().brokenPipe()).isTrue();
		assertThat(result.input().complete()).isFalse();
	}

	@Test
	void aStreamIsCounted() {
		assertThat(this.launcher.command("wc", "-c").input(new ByteArrayInputStream(MUCH)).run().input())
			.isEqualTo(new InputReport(5_000_000, true, false));
	}

	@Test
	void aStreamThatFailsEndsTheProcess() {
		InputStream failing = new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("disk on fire");
			}

		};
		assertThatExceptionOfType(ProcessInputException.class)
			.isThrownBy(() -> this.launcher.command("cat").input(failing).run())
			.withMessageContaining("source of input")
			.satisfies((ex) -> assertThat(ex.result().terminationReason())
				.isEqualTo(TerminationReason.APPLICATION_FAILURE));
	}

	@Test
	void whatTheApplicationWritesIsCounted() throws Exception {
		try (ManagedProcess process = this.launcher.command("cat").pipeInput().start()) {
			process.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
			process.getOutputStream().close();
			assertThat(process.getInputStream().readAllBytes()).hasSize(5);
			assertThat(process.awaitSuccess().input()).isEqualTo(new InputReport(5, true, false));
		}
	}

	@Test
	void aPublisherFeedsAProcess() {
		Source source = new Source(1000, (i) -> ByteBuffer.wrap((i + "\n").getBytes(StandardCharsets.US_ASCII)));
		ProcessResult result = this.launcher.command("cat").input(source).run();
		assertThat(result.outputLines()).hasSize(1000).startsWith("0", "1").endsWith("998", "999");
		assertThat(result.input().complete()).isTrue();
		assertThat(source.mostAhead).hasValueLessThanOrEqualTo(4);
	}

	@Test
	void aPublisherOfBuffersOfAnyKind() {
		ByteBuffer direct = ByteBuffer.allocateDirect(300_000);
		Source source = new Source(10, (i) -> (i % 2 == 0) ? direct.asReadOnlyBuffer() : ByteBuffer.allocate(0));
		assertThat(this.launcher.command("wc", "-c").input(source).run().outputText()).isEqualTo("1500000\n");
	}

	@Test
	void aPublisherOfTheJdk() throws Exception {
		try (SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>();
				ManagedProcess process = this.launcher.command("wc", "-c").input(publisher).start()) {
			while (!publisher.hasSubscribers()) {
				Thread.onSpinWait();
			}
			for (int i = 0; i < 100; i++) {
				publisher.submit(ByteBuffer.allocate(10_000));
			}
			publisher.close();
			assertThat(process.getInputStream().readAllBytes())
				.isEqualTo("1000000\n".getBytes(StandardCharsets.US_ASCII));
		}
	}

	@Test
	void aPublisherThatFailsEndsTheProcess() {
		IllegalStateException failure = new IllegalStateException("source gone");
		assertThatExceptionOfType(ProcessInputException.class)
			.isThrownBy(() -> this.launcher.command("cat").input((Flow.Publisher<ByteBuffer>) (subscriber) -> {
				subscriber.onSubscribe(new Silent());
				subscriber.onError(failure);
			}).run())
			.withCause(failure)
			.satisfies((ex) -> assertThat(ex.result().terminationReason())
				.isEqualTo(TerminationReason.APPLICATION_FAILURE));
	}

	@Test
	void aPublisherThatThrowsEndsTheProcess() {
		IllegalStateException failure = new IllegalStateException("cannot subscribe");
		assertThatExceptionOfType(ProcessInputException.class)
			.isThrownBy(() -> this.launcher.command("cat").input((Flow.Publisher<ByteBuffer>) (subscriber) -> {
				throw failure;
			}).run())
			.withCause(failure);
	}

	@Test
	void aPublisherThatSendsMoreThanIsRequestedEndsTheProcess() {
		assertThatExceptionOfType(ProcessInputException.class)
			.isThrownBy(() -> this.launcher.command("cat").input((Flow.Publisher<ByteBuffer>) (subscriber) -> {
				subscriber.onSubscribe(new Silent());
				for (int i = 0; i < 5; i++) {
					subscriber.onNext(ByteBuffer.allocate(1));
				}
			}).run())
			.withCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void theSubscriptionIsCancelledWhenTheProcessReadsNoMore() throws Exception {
		Source source = new Source(Long.MAX_VALUE, (i) -> ByteBuffer.allocate(100_000));
		ProcessResult result = this.launcher.command("head", "-c", "10").input(source).run();
		assertThat(result.output().totalBytes()).isEqualTo(10);
		assertThat(result.input().complete()).isFalse();
		assertThat(source.cancelled.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void theSubscriptionIsCancelledWhenTheProcessEnds() throws Exception {
		Source source = new Source(0, (i) -> ByteBuffer.allocate(0));
		source.endless = true;
		this.launcher.command("true").input(source).run();
		assertThat(source.cancelled.await(30, TimeUnit.SECONDS)).isTrue();
	}

	/**
	 * Sends a number of buffers, as they are requested.
	 */
	private static final class Source implements Flow.Publisher<ByteBuffer>, Flow.Subscription {

		private final long count;

		private final LongFunction<ByteBuffer> buffers;

		private final CountDownLatch cancelled = new CountDownLatch(1);

		private final AtomicLong mostAhead = new AtomicLong();

		private boolean endless;

		private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;

		private long sent;

		private long demand;

		private boolean sending;

		Source(long count, LongFunction<ByteBuffer> buffers) {
			this.count = count;
			this.buffers = buffers;
		}

		@Override
		public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
			this.subscriber = subscriber;
			subscriber.onSubscribe(this);
		}

		@Override
		public void request(long n) {
			this.demand += n;
			this.mostAhead.accumulateAndGet(this.demand, Math::max);
			if (this.sending || this.endless || this.subscriber == null) {
				return;
			}
			this.sending = true;
			while (this.demand > 0 && this.sent < this.count && this.cancelled.getCount() > 0) {
				this.demand--;
				this.subscriber.onNext(this.buffers.apply(this.sent++));
			}
			this.sending = false;
			if (this.sent == this.count) {
				this.subscriber.onComplete();
			}
		}

		@Override
		public void cancel() {
			this.cancelled.countDown();
		}

	}

	/**
	 * Sends nothing.
	 */
	private static final class Silent implements Flow.Subscription {

		@Override
		public void request(long n) {
		}

		@Override
		public void cancel() {
		}

	}

}
