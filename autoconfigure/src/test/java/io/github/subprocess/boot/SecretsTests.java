// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessExitException;
import io.github.subprocess.LaunchRefusedException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.ProcessTimeoutException;
import io.github.subprocess.UnknownPolicyException;
import io.github.subprocess.boot.actuate.endpoint.SubprocessesEndpoint;
import io.github.subprocess.boot.actuate.info.SubprocessInfoContributor;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import io.github.subprocess.boot.autoconfigure.SubprocessInfoContributorAutoConfiguration;
import io.github.subprocess.boot.autoconfigure.SubprocessesEndpointAutoConfiguration;
import io.github.subprocess.boot.autoconfigure.metrics.SubprocessMetricsAutoConfiguration;
import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.event.ProcessRejected;
import io.github.subprocess.event.ProcessStartFailed;
import io.github.subprocess.event.ProcessStarted;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Secrets in the environment of the JVM do not reach a child, and neither they nor the
 * values that policies set reach anything that is shown.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SecretsTests {

	private static final String OF_POLICY = "value-that-a-policy-sets";

	private static final String OF_LAUNCH = "value-that-a-launch-sets";

	private final StringWriter text = new StringWriter();

	private final PrintWriter said = new PrintWriter(this.text, true);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class,
				SubprocessesEndpointAutoConfiguration.class, SubprocessInfoContributorAutoConfiguration.class,
				SubprocessMetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class, () -> this.registry)
		.withBean(ProcessListener.class, Listener::new)
		.withPropertyValues("management.endpoints.web.exposure.include=*",
				"management.endpoints.jmx.exposure.include=*", "management.endpoint.subprocesses.show-values=always",
				"subprocess.defaults.environment.set.API_TOKEN=" + OF_POLICY,
				"subprocess.policy.guarded.guard.max-arguments=0", "subprocess.policy.narrow.concurrency.limit=1",
				"subprocess.policy.narrow.concurrency.queue=0", "subprocess.policy.log.command=/bin/echo,logged");

	@Test
	void childrenHaveThoseOfTheirPolicyAlone() {
		this.runner.run((context) -> assertThat(context.getBean(ProcessLauncher.class)
			.command("env")
			.environment("OTHER", OF_LAUNCH)
			.run()
			.outputText()).contains("API_TOKEN=" + OF_POLICY, "OTHER=" + OF_LAUNCH)
			.doesNotContain("SPRING_DATASOURCE_PASSWORD", "AWS_SECRET_ACCESS_KEY")
			.doesNotContain(secret("SPRING_DATASOURCE_PASSWORD"), secret("AWS_SECRET_ACCESS_KEY")));
	}

	@Test
	void nothingThatIsShownHasAny(CapturedOutput output) {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		java.util.logging.Logger platform = java.util.logging.Logger.getLogger("io.github.subprocess");
		Level before = root.getLevel();
		java.util.logging.Level platformBefore = platform.getLevel();
		Handler handler = new SayingHandler();
		root.setLevel(Level.DEBUG);
		platform.setLevel(java.util.logging.Level.ALL);
		platform.addHandler(handler);
		try {
			this.runner.run(this::runAll);
		}
		finally {
			platform.removeHandler(handler);
			platform.setLevel(platformBefore);
			root.setLevel(before);
		}
		assertThat(output.getAll()).contains("DEBUG");
		// what should be there is looked at
		assertThat(this.text.toString()).contains("/no/such/program", "/no/such/directory", "ProcessStarted[",
				"ProcessEnded[", "ProcessStartFailed[", "ProcessRejected[", "subprocess.spawn.failures",
				"SubprocessesDescriptor[", "API_TOKEN", "exitDetection", "guard.max-arguments");
		assertThat(this.text.toString() + output.getAll()).doesNotContain(OF_POLICY, OF_LAUNCH,
				secret("SPRING_DATASOURCE_PASSWORD"), secret("AWS_SECRET_ACCESS_KEY"));
	}

	private void runAll(ApplicationContext context) throws Exception {
		ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
		context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(this.registry));
		fail(ProcessStartException.class, () -> command(launcher, "/no/such/program").run());
		fail(ProcessStartException.class,
				() -> command(launcher, "/bin/true").workingDirectory(Path.of("/no/such/directory")).run());
		fail(ProcessExitException.class, () -> command(launcher, "/bin/sh", "-c", "echo failed >&2; exit 3").run());
		fail(ProcessTimeoutException.class,
				() -> command(launcher, "/bin/sleep", "1000").timeout(Duration.ofMillis(50)).run());
		fail(LaunchRefusedException.class, () -> command(launcher, "/bin/echo", "no").policy("guarded").run());
		fail(UnknownPolicyException.class, () -> launcher.policy("nobody-has-it"));
		fail(IllegalArgumentException.class,
				() -> command(launcher, "/bin/true").environment("A", OF_LAUNCH + "\0").run());
		say(launcher.policy("log").run());
		try (ManagedProcess process = command(launcher, "/bin/sleep", "1000").policy("narrow").start()) {
			fail(ProcessRejectedException.class, () -> command(launcher, "/bin/true").policy("narrow").run());
			SubprocessesEndpoint endpoint = context.getBean(SubprocessesEndpoint.class);
			say(endpoint.subprocesses(null, null, null));
			say(endpoint.subprocess(process.id(), null));
			say(process);
			say(process.snapshot());
		}
		say(launcher.policies());
		say(launcher.validate());
		say(launcher.platform());
		say(launcher.processes().recent());
		Info.Builder info = new Info.Builder();
		context.getBean(SubprocessInfoContributor.class).contribute(info);
		say(info.build());
		say(this.registry.getMetersAsString());
	}

	private static ProcessLauncher.CommandSpec command(ProcessLauncher launcher, String program, String... arguments) {
		return launcher.command(program, arguments).environment("OTHER", OF_LAUNCH);
	}

	private void fail(Class<? extends Throwable> type, ThrowingCallable task) {
		Throwable failure = catchThrowable(task);
		assertThat(failure).isInstanceOf(type);
		failure.printStackTrace(this.said);
	}

	private void say(Object value) {
		this.said.println(value);
	}

	/**
	 * Return a value that Surefire has given to this JVM.
	 */
	private static String secret(String name) {
		String value = System.getenv(name);
		assertThat(value).as("the variable " + name + " of this JVM").isNotBlank();
		return value;
	}

	/**
	 * Says all events.
	 */
	private final class Listener implements ProcessListener {

		@Override
		public void onStarted(ProcessStarted event) {
			say(event);
		}

		@Override
		public void onStartFailed(ProcessStartFailed event) {
			say(event);
		}

		@Override
		public void onRejected(ProcessRejected event) {
			say(event);
		}

		@Override
		public void onEnded(ProcessEnded event) {
			say(event);
			say(List.of(event.result().status(), event.result().usage(), event.result().treeEnd()));
		}

	}

	/**
	 * Says what the platform's loggers are told.
	 */
	private final class SayingHandler extends Handler {

		@Override
		public void publish(LogRecord record) {
			say(record.getMessage());
			if (record.getThrown() != null) {
				record.getThrown().printStackTrace(SecretsTests.this.said);
			}
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	}

}
