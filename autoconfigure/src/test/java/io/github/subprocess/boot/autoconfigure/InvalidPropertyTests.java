// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a value that is refused is blamed on its own key.
 */
class InvalidPropertyTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class));

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			subprocess.recent-capacity                       | -1  | must not be negative
			subprocess.concurrency.limit                     | -1  | between 0 and
			subprocess.concurrency.queue                     | -1  | between 0 and
			subprocess.concurrency.max-wait                  | -1s | must not be negative
			subprocess.defaults.concurrency.limit            | -1  | between 0 and
			subprocess.policy.p.concurrency.queue            | -1  | between 0 and
			subprocess.policy.p.concurrency.max-wait         | -1s | must not be negative
			subprocess.defaults.command                      | x   | must not name a command
			subprocess.defaults.deadlines.wall               | -1s | must not be negative
			subprocess.policy.p.deadlines.wall               | -1s | must not be negative
			subprocess.policy.p.command                      | ''  | must name a program
			subprocess.policy.p.descriptors.keep             | 1,7 | numbers of 3 and higher
			subprocess.policy.p.descriptors.keep             | 7,7 | twice
			subprocess.policy.p.environment.inherit          | A=B | have no '='
			subprocess.policy.p.termination.grace-period     | -1s | must not be negative
			subprocess.policy.p.termination.grace-period     | 30s | must be shorter
			subprocess.policy.p.output.max-size              | 2GB | between 0 and
			subprocess.policy.p.deadlines.drain               | -1s | must not be negative
			subprocess.policy.p.success-exit-codes           | 256 | between 0 and 255
			subprocess.policy.my_Policy.deadlines.wall        | -1s | must not be negative
			subprocess.policy[my.policy].deadlines.wall      | -1s | must not be negative
			subprocess.policy.p.descriptors.map              | 7=3 | must be a map
			subprocess.policy.none.deadlines.wall            | 1s  | stands for processes without a policy
			""")
	void invalidValueIsBlamedOnItsKey(String key, String value, String reason) {
		this.contextRunner.withPropertyValues(key + "=" + value).run((context) -> {
			assertThat(context).hasFailed();
			InvalidConfigurationPropertyValueException failure = find(context.getStartupFailure());
			assertThat(key).startsWith(failure.getName());
			assertThat(failure.getReason()).containsIgnoringCase(reason).endsWith(".");
		});
	}

	@Test
	void invalidVariableIsBlamedOnItsKeyWithoutItsValue() {
		this.contextRunner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("test-variables",
						Map.of("subprocess.policy.p.environment.set[A=B]", "s3cr3t"))))
			.run((context) -> {
				assertThat(context).hasFailed();
				InvalidConfigurationPropertyValueException failure = find(context.getStartupFailure());
				assertThat(failure.getName()).isEqualTo("subprocess.policy.p.environment.set");
				assertThat(failure.getReason()).contains("'A=B'");
				assertThat(failure).hasMessageNotContaining("s3cr3t").extracting("value").isNull();
			});
	}

	@Test
	void blankInPlaceOfAListIsBlamedOnItsKey() {
		this.contextRunner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("test-blank", Map.of("subprocess.policy.p.best-effort", " "))))
			.run((context) -> {
				assertThat(context).hasFailed();
				InvalidConfigurationPropertyValueException failure = find(context.getStartupFailure());
				assertThat(failure.getName()).isEqualTo("subprocess.policy.p.best-effort");
				assertThat(failure.getReason()).isEqualTo("Must not hold what is blank.");
			});
	}

	@Test
	void argumentWithALoneBraceIsNotShown() {
		this.contextRunner.withPropertyValues("subprocess.policy.p.command=/bin/true,{s3cr3t").run((context) -> {
			assertThat(context).hasFailed();
			InvalidConfigurationPropertyValueException failure = find(context.getStartupFailure());
			assertThat(failure.getReason()).startsWith("Command[1] has a brace").endsWith("at index 0.");
			assertThat(failure).hasMessageNotContaining("s3cr3t").extracting("value").isNull();
		});
	}

	@Test
	void textInPlaceOfVariablesIsNotShown() {
		this.contextRunner.withPropertyValues("subprocess.policy.p.environment.set=s3cr3t").run((context) -> {
			assertThat(context).hasFailed();
			InvalidConfigurationPropertyValueException failure = find(context.getStartupFailure());
			assertThat(failure.getName()).isEqualTo("subprocess.policy.p.environment.set");
			assertThat(failure.getReason()).isEqualTo("Must be a map of names to values.");
			assertThat(failure).hasMessageNotContaining("s3cr3t").extracting("value").isNull();
		});
	}

	private static InvalidConfigurationPropertyValueException find(Throwable failure) {
		Throwable cause = failure;
		while (!(cause instanceof InvalidConfigurationPropertyValueException invalid)) {
			assertThat(cause).as("cause of " + failure).isNotNull();
			cause = cause.getCause();
		}
		return invalid;
	}

}
