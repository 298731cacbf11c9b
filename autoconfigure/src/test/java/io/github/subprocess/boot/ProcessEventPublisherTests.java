// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessRejected;
import io.github.subprocess.event.ProcessStartFailed;
import io.github.subprocess.event.ProcessStarted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ProcessEventPublisher} with listeners of an application.
 */
@Timeout(60)
class ProcessEventPublisherTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SubprocessAutoConfiguration.class))
		.withBean(Recorder.class);

	@Test
	void whatHappensIsPublishedOffTheEventLoop() {
		this.contextRunner.withPropertyValues("subprocess.publish-events=true").run((context) -> {
			ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
			Recorder recorder = context.getBean(Recorder.class);
			launcher.command("/bin/true").run();
			Polling.await(() -> recorder.facts.size() == 2);
			assertThat(recorder.facts).containsExactly("started /bin/true", "ended exit code 0");
			assertThatExceptionOfType(ProcessStartException.class).isThrownBy(() -> launcher.command("/no/such").run());
			launcher.stop();
			assertThatExceptionOfType(ProcessRejectedException.class)
				.isThrownBy(() -> launcher.command("/bin/true").run());
			assertThat(recorder.facts).endsWith("failed ENOENT", "rejected STOPPED");
			assertThat(recorder.threads).doesNotContain("subprocess-reactor");
		});
	}

	@Test
	void nothingIsPublishedUnlessAsked() {
		this.contextRunner.run((context) -> {
			context.getBean(ProcessLauncher.class).command("/bin/true").run();
			assertThat(context).doesNotHaveBean(ProcessEventPublisher.class);
			assertThat(context.getBean(Recorder.class).facts).isEmpty();
		});
	}

	@Test
	void listenerThatThrowsHarmsNoLaunch() {
		this.contextRunner.withPropertyValues("subprocess.publish-events=true")
			.withBean(Thrower.class)
			.run((context) -> assertThat(context.getBean(ProcessLauncher.class).command("/bin/true").run().isSuccess())
				.isTrue());
	}

	static class Recorder {

		private final List<String> facts = new CopyOnWriteArrayList<>();

		private final List<String> threads = new CopyOnWriteArrayList<>();

		@EventListener
		void on(ProcessStarted event) {
			record("started " + event.process().program());
		}

		@EventListener
		void on(ProcessEnded event) {
			record("ended " + event.result().status());
		}

		@EventListener
		void on(ProcessStartFailed event) {
			record("failed " + event.failure().errnoName());
		}

		@EventListener
		void on(ProcessRejected event) {
			record("rejected " + event.reason());
		}

		private void record(String fact) {
			this.threads.add(Thread.currentThread().getName());
			this.facts.add(fact);
		}

	}

	static class Thrower {

		@EventListener
		void on(ProcessStarted event) {
			throw new IllegalStateException("bad listener");
		}

	}

}
