// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.StopReport;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ProcessLauncherLifecycle}.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ProcessLauncherLifecycleTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class));

	@Test
	void stopsAfterWebServers() {
		ProcessLauncherLifecycle lifecycle = new ProcessLauncherLifecycle(mock(ProcessLauncher.class));
		assertThat(lifecycle.getPhase()).isEqualTo(Integer.MAX_VALUE - 3072)
			.isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
			.isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
		assertThat(lifecycle.isAutoStartup()).isTrue();
		assertThat(lifecycle.isPauseable()).isFalse();
	}

	@Test
	void stopDoesNotKeepTheCallerWaiting() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		ProcessLauncher launcher = mock(ProcessLauncher.class);
		given(launcher.stop()).willAnswer((invocation) -> {
			release.await();
			return new StopReport(0, 0, List.of(), List.of());
		});
		ProcessLauncherLifecycle lifecycle = new ProcessLauncherLifecycle(launcher);
		lifecycle.start();
		CompletableFuture<String> stopped = new CompletableFuture<>();
		lifecycle.stop(() -> stopped.complete(Thread.currentThread().getName()));
		assertThat(stopped).isNotDone();
		assertThat(lifecycle.isRunning()).isTrue();
		release.countDown();
		assertThat(stopped.get(20, TimeUnit.SECONDS)).isEqualTo("subprocess-stop");
		assertThat(lifecycle.isRunning()).isFalse();
	}

	@Test
	void callbackIsRunWhenStopFails() throws Exception {
		ProcessLauncher launcher = mock(ProcessLauncher.class);
		given(launcher.stop()).willThrow(new IllegalStateException("broken"));
		CompletableFuture<Boolean> stopped = new CompletableFuture<>();
		new ProcessLauncherLifecycle(launcher).stop(() -> stopped.complete(true));
		assertThat(stopped.get(20, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void closeOfTheContextEndsProcessesWithTheirDescendants(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			ManagedProcess process = context.getBean(ProcessLauncher.class)
				.command("/bin/sh", "-c", "sleep 300 & echo $!; wait")
				.start();
			long grandchild = Long.parseLong(process.inputReader().readLine());
			assertThat(Polling.isRunning(grandchild)).isTrue();
			context.close();
			assertThat(process.isAlive()).isFalse();
			assertThat(process.result()).succeedsWithin(20, TimeUnit.SECONDS);
			Polling.await(() -> !Polling.isRunning(grandchild));
		});
		assertThat(output).contains("Processes ended at shutdown: 1 within their grace period, 0 by SIGKILL");
	}

	@Test
	void closeOfTheContextForcesProcessesThatIgnoreTheSignal(CapturedOutput output) {
		this.contextRunner.withPropertyValues("subprocess.defaults.termination.grace-period=200ms").run((context) -> {
			ManagedProcess process = context.getBean(ProcessLauncher.class)
				.command("/bin/sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done")
				.start();
			assertThat(process.inputReader().readLine()).isEqualTo("ready");
			context.close();
			assertThat(process.isAlive()).isFalse();
			assertThat(process.result().get(20, TimeUnit.SECONDS).forced()).isTrue();
		});
		assertThat(output).contains("Processes ended at shutdown: 0 within their grace period, 1 by SIGKILL");
	}

	@Test
	void pauseOfTheContextLeavesProcessesAlone() {
		this.contextRunner.run((context) -> {
			ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
			try (ManagedProcess process = launcher.command("/bin/sleep", "300").start()) {
				context.getSourceApplicationContext().pause();
				assertThat(process.isAlive()).isTrue();
				assertThat(launcher.command("/bin/true").run().isSuccess()).isTrue();
			}
		});
	}

	@Test
	void nothingIsLaunchedWhileTheContextIsStopped() {
		this.contextRunner.run((context) -> {
			ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
			context.getSourceApplicationContext().stop();
			assertThatExceptionOfType(ProcessRejectedException.class)
				.isThrownBy(() -> launcher.command("/bin/true").run());
			context.getSourceApplicationContext().start();
			assertThat(launcher.command("/bin/true").run().isSuccess()).isTrue();
		});
	}

}
