// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.policy;

import java.util.List;

import io.github.subprocess.LaunchRefusedException;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessExitException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.boot.Polling;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import io.github.subprocess.policy.LogLevel;
import io.github.subprocess.policy.ObservabilityPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is written below {@code observability} decides what is read in the log.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ObservabilityKeyEffectTests {

	/**
	 * The keys that are looked at here.
	 */
	static final List<String> KEYS = List.of("observability.log-level", "observability.show-arguments");

	private static final String PREFIX = "subprocess.policy.p.observability.";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class));

	@Test
	void nothingIsLoggedUnlessAskedFor(CapturedOutput output) {
		this.contextRunner.withPropertyValues("subprocess.policy.p.umask=0027").run((context) -> {
			ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
			launcher.command("/bin/echo", "s3cr3t").policy("p").run();
			assertThatExceptionOfType(ProcessStartException.class)
				.isThrownBy(() -> launcher.command("/no/such").policy("p").run());
		});
		assertThat(output).doesNotContain("Started [", "Ended [", "/no/such");
	}

	@Test
	void startAndEndAreLoggedWithoutArguments(CapturedOutput output) {
		this.contextRunner.withPropertyValues(PREFIX + "log-level=info").run((context) -> {
			context.getBean(ProcessLauncher.class).command("/bin/echo", "s3cr3t").policy("p").run();
			Polling.await(() -> output.toString().contains("Ended ["));
		});
		assertThat(line(output, "Started [")).contains("INFO").endsWith("/bin/echo");
		assertThat(line(output, "Ended [")).contains("INFO").contains("/bin/echo: SUCCESS, exit code 0 after ");
		assertThat(output).doesNotContain("s3cr3t");
	}

	@Test
	void failuresAreWarnedOf(CapturedOutput output) {
		this.contextRunner.withPropertyValues(PREFIX + "log-level=debug", "subprocess.policy.p.guard.max-arguments=2")
			.run((context) -> {
				ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
				assertThatExceptionOfType(ProcessExitException.class)
					.isThrownBy(() -> launcher.command("/bin/sh", "-c", "exit 3").policy("p").run());
				assertThatExceptionOfType(ProcessStartException.class)
					.isThrownBy(() -> launcher.command("/no/such").policy("p").run());
				assertThatExceptionOfType(LaunchRefusedException.class)
					.isThrownBy(() -> launcher.command("ls", "a", "b", "c").policy("p").run());
				Polling.await(() -> output.toString().contains("Ended ["));
			});
		assertThat(line(output, "Ended [")).contains("WARN").contains("FAILURE, exit code 3");
		assertThat(line(output, "/no/such")).contains("WARN");
		assertThat(line(output, "guard.max-arguments")).contains("WARN");
	}

	@Test
	void argumentsAreLoggedInOneLineWhereTheyMayBe(CapturedOutput output) {
		this.contextRunner.withPropertyValues(PREFIX + "log-level=info", PREFIX + "show-arguments=true")
			.run((context) -> {
				context.getBean(ProcessLauncher.class).command("/bin/echo", "a\nb").policy("p").run();
				Polling.await(() -> output.toString().contains("Ended ["));
			});
		assertThat(line(output, "Started [")).endsWith("/bin/echo [a\uFFFDb]");
	}

	@Test
	void adHocCommandsGoByTheDefaults(CapturedOutput output) {
		this.contextRunner.withPropertyValues("subprocess.defaults.observability.log-level=error").run((context) -> {
			context.getBean(ProcessLauncher.class).command("/bin/true").run();
			Polling.await(() -> output.toString().contains("Ended ["));
		});
		assertThat(line(output, "Started [")).contains("ERROR").endsWith("/bin/true");
	}

	@Test
	void aLaunchDecidesForItself(CapturedOutput output) {
		this.contextRunner.withPropertyValues(PREFIX + "log-level=info").run((context) -> {
			ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
			launcher.command("/bin/echo", "silent").policy("p").overrides(logged(LogLevel.OFF, true)).run();
			launcher.command("/bin/echo", "told").policy("p").overrides(logged(LogLevel.WARN, true)).run();
			launcher.command("/bin/echo", "untold").overrides(logged(LogLevel.INFO, false)).run();
			Polling.await(() -> output.toString().lines().filter((line) -> line.contains("Ended [")).count() == 2);
		});
		assertThat(output.toString().lines().filter((line) -> line.contains("Started ["))).satisfiesExactly(
				(told) -> assertThat(told).contains("WARN").endsWith("/bin/echo [told]"),
				(untold) -> assertThat(untold).contains("INFO").endsWith("/bin/echo"));
	}

	private static ProcessPolicy logged(LogLevel level, boolean showArguments) {
		return ProcessPolicy.undecided()
			.withObservability(ObservabilityPolicy.undecided().withLogLevel(level).withShowArguments(showArguments));
	}

	@Test
	void rejectionsAreWarnedOfWithTheirReason(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues(PREFIX + "log-level=info", "subprocess.policy.p.concurrency.limit=1",
					"subprocess.policy.p.concurrency.queue=0")
			.run((context) -> {
				ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
				try (ManagedProcess process = launcher.command("/bin/sleep", "300").policy("p").start()) {
					assertThat(process.isAlive()).isTrue();
					assertThatExceptionOfType(ProcessRejectedException.class)
						.isThrownBy(() -> launcher.command("/bin/true").policy("p").run());
				}
			});
		assertThat(line(output, "Rejected '/bin/true', QUEUE_FULL: ")).contains("WARN").contains("policy 'p'");
	}

	@Test
	void stagesAreNotWarnedOfWhatHappenedToOthers(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues(PREFIX + "log-level=info", "subprocess.policy.q.observability.log-level=info")
			.run((context) -> {
				ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
				assertThatExceptionOfType(ProcessStartException.class).isThrownBy(() -> launcher
					.pipeline(launcher.command("/no/such").policy("p"), launcher.command("/bin/cat").policy("q"))
					.run());
			});
		assertThat(output.toString().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.satisfies((line) -> assertThat(line).contains("/no/such", "subprocess.policy.p"));
	}

	private static String line(CapturedOutput output, String text) {
		return output.toString().lines().filter((line) -> line.contains(text)).findFirst().orElse("");
	}

}
