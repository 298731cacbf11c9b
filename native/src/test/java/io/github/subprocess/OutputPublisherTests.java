// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.OutputPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Output for subscribers: what they do not ask for stays in the pipe.
 */
@Timeout(60)
class OutputPublisherTests {

	private final ProcessLauncher launcher = Fixture.launcher().build();

	@TempDir
	Path directory;

	@AfterEach
	void close() {
		this.launcher.close();
	}

	private ManagedProcess start(CollectingSubscriber subscriber, String program, String... arguments) {
		return this.launcher.command(program, arguments).output(OutputTarget.subscriber(subscriber)).start();
	}

	@Test
	void everythingArrivesInOrderAndOneAfterTheOther() throws Exception {
		CollectingSubscriber subscriber = new CollectingSubscriber(1, 1);
		ProcessResult result = this.launcher.command("seq", "200000").output(OutputTarget.subscriber(subscriber)).run();
		assertThat(subscriber.isTerminated()).isTrue();
		assertThat(subscriber.failure()).isNull();
		assertThat(subscriber.signalsTogether()).isZero();
		assertThat(new String(subscriber.bytes(), StandardCharsets.US_ASCII)).startsWith("1\n2\n")
			.endsWith("\n200000\n")
			.hasSize((int) result.output().totalBytes());
		assertThat(result.output().complete()).isTrue();
	}

	@Test
	void whatIsNotRequestedIsNotRead() throws Exception {
		Writer writer = Writer.in(this.directory);
		CollectingSubscriber subscriber = new CollectingSubscriber(0, 0);
		try (ManagedProcess process = start(subscriber, Fixture.program("count_writes"), writer.endless())) {
			Flow.Subscription subscription = subscriber.awaitSubscription();
			// nothing was read, so the pipe is what it was from birth
			assertThat(writer.awaitBlocked()).isLessThanOrEqualTo(64 * 1024);
			assertThat(subscriber.buffers()).isZero();
			subscription.request(2);
			long more = writer.awaitBlocked();
			assertThat(more).isBetween(64L * 1024, 4 * 64L * 1024 + 256 * 1024);
			assertThat(subscriber.buffers()).isEqualTo(2);
			assertThat(process.isAlive()).isTrue();
		}
		assertThat(subscriber.awaitTermination()).isTrue();
	}

	@Test
	void aPipeThatIsNotReadIsNotReadForTheApplicationEither() {
		Writer writer = Writer.in(this.directory);
		try (ManagedProcess process = this.launcher.command(Fixture.program("count_writes"), writer.endless())
			.start()) {
			assertThat(writer.awaitBlocked()).isLessThanOrEqualTo(64 * 1024);
			assertThat(process.isAlive()).isTrue();
		}
	}

	@Test
	void aSmallPipeHoldsLittle() {
		Writer writer = Writer.in(this.directory);
		try (ManagedProcess process = this.launcher.command(Fixture.program("count_writes"), writer.endless())
			.overrides(ProcessPolicy.undecided().withOutput(new OutputPolicy(null, 8192)))
			.start()) {
			assertThat(writer.awaitBlocked()).isLessThanOrEqualTo(8192);
			assertThat(process.isAlive()).isTrue();
		}
	}

	@Test
	void afterCancelTheProcessIsToldByItsPipe() throws Exception {
		CollectingSubscriber subscriber = new CollectingSubscriber(1, 0);
		try (ManagedProcess process = start(subscriber, "yes")) {
			subscriber.awaitSubscription().cancel();
			ProcessResult result = process.result().get(30, TimeUnit.SECONDS);
			assertThat(result.status()).isInstanceOf(ExitStatus.Signalled.class);
			assertThat(result.output().complete()).isFalse();
		}
		assertThat(subscriber.isTerminated()).isFalse();
	}

	@Test
	void onlyPositiveNumbersCanBeRequested() throws Exception {
		CollectingSubscriber subscriber = new CollectingSubscriber(0, 0);
		try (ManagedProcess process = start(subscriber, "yes")) {
			subscriber.awaitSubscription().request(0);
			assertThat(subscriber.awaitTermination()).isTrue();
			assertThat(subscriber.failure()).isInstanceOf(IllegalArgumentException.class);
			process.result().get(30, TimeUnit.SECONDS);
		}
	}

	@Test
	void aSecondSubscriberIsRefused() throws Exception {
		CollectingSubscriber first = new CollectingSubscriber(Long.MAX_VALUE, 0);
		CollectingSubscriber second = new CollectingSubscriber(1, 0);
		this.launcher.command("echo", "hello").output(OutputTarget.publisher((publisher) -> {
			publisher.subscribe(first);
			publisher.subscribe(second);
		})).run();
		assertThat(new String(first.bytes(), StandardCharsets.US_ASCII)).isEqualTo("hello\n");
		assertThat(second.awaitTermination()).isTrue();
		assertThat(second.failure()).isInstanceOf(IllegalStateException.class);
	}

	@Test
	void whoSubscribesLaterMissesNothing() throws Exception {
		CompletableFuture<Flow.Publisher<ByteBuffer>> publisher = new CompletableFuture<>();
		CollectingSubscriber subscriber = new CollectingSubscriber(Long.MAX_VALUE, 0);
		try (ManagedProcess process = this.launcher.command("seq", "5")
			.overrides(ProcessPolicy.undecided()
				.withDeadlines(DeadlinesPolicy.undecided().withDrain(Duration.ofSeconds(50))))
			.output(OutputTarget.publisher(publisher::complete))
			.start()) {
			process.waitFor();
			publisher.get(30, TimeUnit.SECONDS).subscribe(subscriber);
			assertThat(process.awaitSuccess().output().complete()).isTrue();
		}
		assertThat(new String(subscriber.bytes(), StandardCharsets.US_ASCII)).isEqualTo("1\n2\n3\n4\n5\n");
	}

	@Test
	void whenTheDrainDeadlinePassesTheSubscriberIsTold() throws Exception {
		CollectingSubscriber subscriber = new CollectingSubscriber(0, 0);
		ProcessResult result = this.launcher.command("echo", "unread")
			.overrides(ProcessPolicy.undecided()
				.withDeadlines(DeadlinesPolicy.undecided().withDrain(Duration.ofMillis(200))))
			.output(OutputTarget.subscriber(subscriber))
			.run();
		assertThat(result.output().complete()).isFalse();
		assertThat(subscriber.awaitTermination()).isTrue();
		assertThat(subscriber.failure()).hasMessageContaining("drain deadline");
		subscriber.requireSubscription().request(1);
		subscriber.requireSubscription().cancel();
	}

	@Test
	void aSubscriberThatThrowsEndsItsProcess() {
		IllegalStateException failure = new IllegalStateException("enough");
		CollectingSubscriber subscriber = new CollectingSubscriber(1, 1) {

			@Override
			public void onNext(ByteBuffer item) {
				throw failure;
			}

		};
		assertThatExceptionOfType(ProcessOutputException.class)
			.isThrownBy(() -> this.launcher.command("yes").output(OutputTarget.subscriber(subscriber)).run())
			.withCause(failure);
	}

	@Test
	void aConsumerOfThePublisherThatThrowsEndsItsProcess() {
		IllegalStateException failure = new IllegalStateException("not today");
		assertThatExceptionOfType(ProcessOutputException.class)
			.isThrownBy(() -> this.launcher.command("yes").output(OutputTarget.publisher((publisher) -> {
				throw failure;
			})).run())
			.withCause(failure);
	}

}
