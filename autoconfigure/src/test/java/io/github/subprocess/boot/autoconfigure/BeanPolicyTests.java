// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.NamedProcessPolicy;
import io.github.subprocess.boot.ProcessLauncherCustomizer;
import io.github.subprocess.boot.ProcessPolicyCustomizer;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for policies that are beans, and for what customizers make of policies.
 */
@Timeout(60)
class BeanPolicyTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class));

	@Test
	void beanDefinesAPolicyAboveTheDefaults() {
		this.contextRunner.withUserConfiguration(Shouting.class)
			.withPropertyValues("subprocess.defaults.environment.set.A=defaults",
					"subprocess.defaults.environment.set.B=defaults")
			.run((context) -> assertThat(run(context.getBean(ProcessLauncher.class), "shout"))
				.isEqualTo("bean defaults"));
	}

	@Test
	void propertiesWinOverTheBeanFieldByField() {
		this.contextRunner.withUserConfiguration(Shouting.class)
			.withPropertyValues("subprocess.policy.shout.environment.set.B=property")
			.run((context) -> assertThat(run(context.getBean(ProcessLauncher.class), "shout"))
				.isEqualTo("bean property"));
	}

	@Test
	void propertiesCanBeBasedOnABean() {
		this.contextRunner.withUserConfiguration(Shouting.class)
			.withPropertyValues("subprocess.policy.louder.base=shout",
					"subprocess.policy.louder.environment.set.A=louder")
			.run((context) -> assertThat(run(context.getBean(ProcessLauncher.class), "louder")).isEqualTo("louder"));
	}

	@Test
	void beanIsAboveTheBaseOfItsProperties() {
		this.contextRunner.withUserConfiguration(Shouting.class)
			.withPropertyValues("subprocess.policy.shout.base=whisper",
					"subprocess.policy.whisper.environment.set.A=base",
					"subprocess.policy.whisper.environment.set.B=base")
			.run((context) -> assertThat(run(context.getBean(ProcessLauncher.class), "shout")).isEqualTo("bean base"));
	}

	@Test
	void unknownBaseTellsOfPoliciesOfBeans() {
		this.contextRunner.withUserConfiguration(Shouting.class)
			.withPropertyValues("subprocess.policy.louder.base=shot")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("subprocess.policy.louder.base")
				.hasMessageContaining("Known are: shout."));
	}

	@Test
	void twoBeansOfOneNameAreRefused() {
		this.contextRunner.withUserConfiguration(Shouting.class)
			.withBean("another", NamedProcessPolicy.class,
					() -> new NamedProcessPolicy("shout", ProcessPolicy.undecided()))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidPropertiesException.class)
				.hasMessage("Invalid process policy of bean 'shoutPolicy'. Reason: There is another bean for the "
						+ "policy 'shout', 'another'; give one of them another name."));
	}

	@Test
	void nameThatStandsForNoPolicyIsRefused() {
		this.contextRunner
			.withBean("nameless", NamedProcessPolicy.class,
					() -> new NamedProcessPolicy(ProcessLauncher.NO_POLICY, ProcessPolicy.undecided()))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("Invalid process policy of bean 'nameless'")
				.hasMessageContaining("stands for processes without a policy"));
	}

	@Test
	void whatABeanAsksForInVainIsBlamedOnTheBean() {
		this.contextRunner.withUserConfiguration(Lost.class)
			.withPropertyValues("subprocess.defaults.working-directory=/", "subprocess.policy.found.base=lost")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidPropertiesException.class)
				.hasMessage("'working-directory' of the process policy of bean 'lostPolicy' cannot be met here. "
						+ "Reason: Does not exist: /no/such/directory."));
	}

	@Test
	void propertyThatReplacesWhatABeanDecidesIsBlamedItself() {
		this.contextRunner.withUserConfiguration(Lost.class)
			.withPropertyValues("subprocess.policy.lost.working-directory=/no/such/place")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("'subprocess.policy.lost.working-directory'")
				.hasMessageContaining("/no/such/place"));
	}

	@Test
	void whatABeanAsksForInVainCanBeWarnedOf() {
		this.contextRunner.withUserConfiguration(Lost.class)
			.withPropertyValues("subprocess.validate=warn")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void customizersChangeNamedPoliciesAndTheDefaultsInTheirOrder() {
		this.contextRunner.withUserConfiguration(Shouting.class, Customizing.class)
			.withPropertyValues("subprocess.policy.whisper.umask=0027")
			.run((context) -> {
				assertThat(context.getBean(Customizing.class).calls).containsExactly("first none", "second none",
						"first whisper", "second whisper", "first shout", "second shout");
				ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
				assertThat(run(launcher, "shout")).isEqualTo("second");
				assertThat(launcher.command("/bin/sh", "-c", "echo $A").run().outputText()).isEqualTo("second\n");
			});
	}

	@Test
	void launcherCustomizerComesAfterPolicyCustomizers() {
		this.contextRunner.withUserConfiguration(Shouting.class, Customizing.class)
			.withBean(ProcessLauncherCustomizer.class, () -> (builder) -> builder.policy("shout", set("A", "launcher")))
			.run((context) -> assertThat(run(context.getBean(ProcessLauncher.class), "shout")).isEqualTo("launcher"));
	}

	@Test
	void defaultsCannotBeGivenACommand() {
		this.contextRunner.withBean(ProcessPolicyCustomizer.class, () -> (name, policy) -> policy.withCommand("ls"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith("A ProcessPolicyCustomizer must not give a command to the defaults"));
	}

	private static String run(ProcessLauncher launcher, String policy) {
		return launcher.command("/bin/sh", "-c", "echo $A $B").policy(policy).run().outputText().strip();
	}

	private static ProcessPolicy set(String name, String value) {
		return ProcessPolicy.undecided().withEnvironment(new EnvironmentPolicy(null, Map.of(name, value)));
	}

	@Configuration(proxyBeanMethods = false)
	static class Shouting {

		@Bean
		NamedProcessPolicy shoutPolicy() {
			return new NamedProcessPolicy("shout", set("A", "bean"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Lost {

		@Bean
		NamedProcessPolicy lostPolicy() {
			return new NamedProcessPolicy("lost",
					ProcessPolicy.undecided().withWorkingDirectory(Path.of("/no/such/directory")));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizing {

		private final List<String> calls = new ArrayList<>();

		@Bean
		@Order(2)
		ProcessPolicyCustomizer second() {
			return (name, policy) -> customize("second", name, policy);
		}

		@Bean
		@Order(1)
		ProcessPolicyCustomizer first() {
			return (name, policy) -> customize("first", name, policy);
		}

		private ProcessPolicy customize(String customizer, String name, ProcessPolicy policy) {
			this.calls.add(customizer + " " + name);
			return set("A", customizer).orElse(policy);
		}

	}

}
