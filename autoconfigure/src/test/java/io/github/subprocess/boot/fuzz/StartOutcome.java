// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/**
 * How an application starts under a document of YAML.
 *
 * @param failure why it did not start, {@code null} if it did
 * @param analysis what Boot would print of that, {@code null} where it would print a
 * stack trace
 */
record StartOutcome(@Nullable Throwable failure, @Nullable String analysis) {

	private static final ApplicationContextRunner RUNNER = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class));

	static String yaml(Map<String, Object> document) {
		return new Yaml().dump(document);
	}

	static StartOutcome of(String yaml) {
		AtomicReference<StartOutcome> outcome = new AtomicReference<>();
		AtomicReference<ConfigurableApplicationContext> seen = new AtomicReference<>();
		RUNNER.withInitializer((context) -> {
			addDocument(context, yaml);
			seen.set(context);
		}).run((context) -> {
			Throwable failure = context.getStartupFailure();
			if (failure == null) {
				context.getBean(ProcessLauncher.class).policies();
			}
			outcome.set(new StartOutcome(failure, (failure != null) ? analyze(seen.get(), failure) : null));
		});
		return Objects.requireNonNull(outcome.get());
	}

	private static void addDocument(ConfigurableApplicationContext context, String yaml) {
		try {
			new YamlPropertySourceLoader()
				.load("application.yaml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
				.forEach(context.getEnvironment().getPropertySources()::addFirst);
		}
		catch (Exception ex) {
			throw new IllegalStateException("what was generated is no YAML: " + yaml, ex);
		}
	}

	/** As SpringApplication does it: the first that has something to say. */
	private static @Nullable String analyze(ConfigurableApplicationContext context, Throwable failure) {
		List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class,
					ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
						.and(Environment.class, context.getEnvironment()),
					FailureHandler.logging(LogFactory.getLog(StartOutcome.class)));
		for (FailureAnalyzer analyzer : analyzers) {
			FailureAnalysis analysis = analyzer.analyze(failure);
			if (analysis != null) {
				return analysis.getDescription() + "\n\nAction:\n" + analysis.getAction();
			}
		}
		return null;
	}

}
