// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.observation;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.Polling;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.slf4j.LoggerFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request, its launch and the child are one trace, with the bridge to OpenTelemetry.
 */
@Timeout(120)
class TraceTests {

	private static final String TELL = "echo $TRACEPARENT $BAGGAGE";

	private static ConfigurableApplicationContext context;

	private final InMemorySpanExporter spans = context.getBean(InMemorySpanExporter.class);

	private final ProcessLauncher launcher = context.getBean(ProcessLauncher.class);

	private final ObservationRegistry registry = context.getBean(ObservationRegistry.class);

	@BeforeAll
	static void run() {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--management.tracing.sampling.probability=1", "--management.tracing.baggage.remote-fields=tenant",
					"--subprocess.policy.told.observability.trace-context=true",
					"--subprocess.policy.untold.environment.set.A=a");
	}

	@AfterAll
	static void close() {
		context.close();
	}

	@BeforeEach
	void reset() {
		this.spans.reset();
	}

	@Test
	void requestLaunchAndChildAreOneTrace() throws Exception {
		assertOneTrace(inRequest(() -> this.launcher.command("/bin/sh", "-c", TELL).policy("told").run().outputText()));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads")
	void virtualThreadsHaveOneTraceToo() throws Exception {
		Method factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
		ExecutorService virtual = (ExecutorService) factory.invoke(null);
		try {
			assertOneTrace(virtual
				.submit(() -> inRequest(
						() -> this.launcher.command("/bin/sh", "-c", TELL).policy("told").run().outputText()))
				.get());
		}
		finally {
			virtual.shutdown();
		}
	}

	@Test
	void spanOfAStartLastsUntilTheChildHasEnded() throws Exception {
		ManagedProcess process = inRequest(
				() -> this.launcher.command("/bin/sh", "-c", "read line; " + TELL).policy("told").pipeInput().start());
		Polling.await(() -> finished("request"));
		assertThat(finished("subprocess told")).isFalse();
		process.getOutputStream().write('\n');
		process.getOutputStream().flush();
		assertOneTrace(new String(process.getInputStream().readAllBytes()));
		assertThat(span("subprocess told").getEndEpochNanos()).isGreaterThan(span("request").getEndEpochNanos());
	}

	@Test
	void childIsToldNothingUnlessItsPolicySaysSo() throws Exception {
		String told = inRequest(() -> this.launcher.command("/bin/sh", "-c", TELL).policy("untold").run().outputText());
		assertThat(told).isBlank();
		Polling.await(() -> finished("subprocess untold"));
		assertThat(span("subprocess untold").getParentSpanId()).isEqualTo(span("request").getSpanId());
	}

	@Test
	void baggageGoesAlong() throws Exception {
		Tracer tracer = context.getBean(Tracer.class);
		String told = inRequest(() -> {
			try (BaggageInScope baggage = tracer.createBaggageInScope("tenant", "blue")) {
				assertThat(baggage.get()).isEqualTo("blue");
				return this.launcher.command("/bin/sh", "-c", TELL).policy("told").run().outputText();
			}
		});
		assertThat(told).contains("tenant=blue");
		// the next test is to see its own span alone
		Polling.await(() -> finished("subprocess told"));
	}

	@Test
	void linesInTheLogBelongToTheTrace() throws Exception {
		Logger logger = (Logger) LoggerFactory.getLogger("subprocess.told");
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		logger.addAppender(appender);
		try {
			inRequest(() -> this.launcher.command("/bin/echo", "said")
				.policy("told")
				.output(OutputTarget.log(System.Logger.Level.INFO))
				.run());
		}
		finally {
			logger.detachAppender(appender);
		}
		Polling.await(() -> finished("subprocess told"));
		SpanData span = span("subprocess told");
		assertThat(appender.list).singleElement().satisfies((line) -> {
			assertThat(line.getFormattedMessage()).endsWith("said");
			assertThat(line.getMDCPropertyMap()).containsEntry("traceId", span.getTraceId())
				.containsEntry("spanId", span.getSpanId());
		});
	}

	private <T> T inRequest(Callable<T> work) throws Exception {
		return Observation.createNotStarted("request", this.registry).observeChecked(work::call);
	}

	private void assertOneTrace(String told) {
		Polling.await(() -> finished("subprocess told") && finished("request"));
		SpanData request = span("request");
		SpanData launch = span("subprocess told");
		assertThat(launch.getTraceId()).isEqualTo(request.getTraceId());
		assertThat(launch.getParentSpanId()).isEqualTo(request.getSpanId());
		assertThat(launch.getKind()).isEqualTo(SpanKind.CLIENT);
		assertThat(launch.getSpanContext().isSampled()).isTrue();
		assertThat(told.strip()).isEqualTo("00-" + launch.getTraceId() + "-" + launch.getSpanId() + "-"
				+ launch.getSpanContext().getTraceFlags().asHex());
	}

	private boolean finished(String name) {
		return named(name).size() == 1;
	}

	private SpanData span(String name) {
		return named(name).get(0);
	}

	private List<SpanData> named(String name) {
		return this.spans.getFinishedSpanItems().stream().filter((span) -> span.getName().equals(name)).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		InMemorySpanExporter spans() {
			return InMemorySpanExporter.create();
		}

		@Bean
		SpanProcessor simpleProcessor(InMemorySpanExporter spans) {
			return SimpleSpanProcessor.create(spans);
		}

	}

}
