// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.boot.ProcessLauncherCustomizer;
import io.github.subprocess.boot.ProcessLauncherLifecycle;
import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.event.ProcessStarted;
import io.github.subprocess.policy.DescriptorPolicy;
import io.github.subprocess.policy.DeadlinesPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SubprocessAutoConfiguration}.
 */
@Timeout(60)
class SubprocessAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class));

	@Test
	void launcherRunsPrograms() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(ProcessLauncher.class).hasSingleBean(ProcessLauncherLifecycle.class);
			assertThat(context.getBean(ProcessLauncher.class).command("echo", "hello").run().outputText())
				.isEqualTo("hello\n");
		});
	}

	@Test
	void backsOffWhenDisabled() {
		this.contextRunner.withPropertyValues("subprocess.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ProcessLauncher.class)
				.doesNotHaveBean(ProcessLauncherLifecycle.class));
	}

	@Test
	void backsOffForALauncherOfTheApplication() {
		ProcessLauncher own = mock(ProcessLauncher.class);
		this.contextRunner.withBean("own", ProcessLauncher.class, () -> own)
			.run((context) -> assertThat(context).getBean(ProcessLauncher.class).isSameAs(own));
	}

	@Test
	void isListed() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates())
			.contains(SubprocessAutoConfiguration.class.getName());
	}

	@Test
	void everyPropertyReachesThePolicy() {
		this.contextRunner
			.withPropertyValues("subprocess.validate=warn", "subprocess.policy.all.command=/usr/bin/tool,-v",
					"subprocess.policy.all.descriptors.mode=inherit-all", "subprocess.policy.all.descriptors.keep=5,7",
					"subprocess.policy.all.session=process-group", "subprocess.policy.all.working-directory=/var/tmp",
					"subprocess.policy.all.environment.inherit=PATH,X_*", "subprocess.policy.all.environment.set.A=b",
					"subprocess.policy.all.deadlines.wall=90", "subprocess.policy.all.termination.signal=int",
					"subprocess.policy.all.termination.grace-period=3", "subprocess.policy.all.output.max-size=64KB",
					"subprocess.policy.all.deadlines.drain=500ms", "subprocess.policy.all.success-exit-codes=0,81")
			.run((context) -> {
				ProcessPolicy policy = policy(context.getBean(ProcessLauncher.class), "all");
				assertThat(policy.command()).containsExactly("/usr/bin/tool", "-v");
				assertThat(policy.descriptors())
					.isEqualTo(new DescriptorPolicy(DescriptorPolicy.Mode.INHERIT_ALL, List.of(5, 7)));
				assertThat(policy.session()).isEqualTo(SessionMode.PROCESS_GROUP);
				assertThat(policy.workingDirectory()).isEqualTo(Path.of("/var/tmp"));
				assertThat(policy.environment().inherit()).containsExactly("PATH", "X_*");
				assertThat(policy.environment().set()).containsExactly(Map.entry("A", "b"));
				assertThat(policy.deadlines().wall()).isEqualTo(Duration.ofSeconds(90));
				assertThat(policy.termination().signal()).isEqualTo(ProcessSignal.INT);
				assertThat(policy.termination().gracePeriod()).isEqualTo(Duration.ofSeconds(3));
				assertThat(policy.output().maxBytes()).isEqualTo(64 * 1024);
				assertThat(policy.deadlines().drain()).isEqualTo(Duration.ofMillis(500));
				assertThat(policy.successExitCodes()).containsExactlyInAnyOrder(0, 81);
			});
	}

	@Test
	void policyIsMergedWithTheDefaultsFieldByField() {
		this.contextRunner
			.withPropertyValues("subprocess.defaults.deadlines.wall=60", "subprocess.defaults.termination.signal=hup",
					"subprocess.defaults.termination.grace-period=7", "subprocess.defaults.environment.set.A=1",
					"subprocess.defaults.environment.set.B=1", "subprocess.defaults.success-exit-codes=0,1",
					"subprocess.policy.some.termination.grace-period=2s", "subprocess.policy.some.environment.set.B=2",
					"subprocess.policy.some.success-exit-codes=")
			.run((context) -> {
				ProcessPolicy policy = policy(context.getBean(ProcessLauncher.class), "some");
				assertThat(policy.deadlines().wall()).isEqualTo(Duration.ofSeconds(60));
				assertThat(policy.termination().signal()).isEqualTo(ProcessSignal.HUP);
				assertThat(policy.termination().gracePeriod()).isEqualTo(Duration.ofSeconds(2));
				assertThat(policy.environment().set()).containsOnly(Map.entry("A", "1"), Map.entry("B", "2"));
				assertThat(policy.environment().inherit()).isEqualTo(ProcessPolicy.DEFAULT_INHERITED_VARIABLES);
				assertThat(policy.output()).isEqualTo(ProcessPolicy.defaults().output());
				assertThat(policy.session()).isEqualTo(SessionMode.NEW_SESSION);
				assertThat(policy.successExitCodes()).isEqualTo(Set.of());
			});
	}

	@Test
	void defaultsHoldWithoutAPolicy() {
		this.contextRunner.withPropertyValues("subprocess.defaults.environment.set.GREETING=hello")
			.run((context) -> assertThat(context.getBean(ProcessLauncher.class)
				.command("/bin/sh", "-c", "echo $GREETING")
				.run()
				.outputText()).isEqualTo("hello\n"));
	}

	@Test
	void recentCapacityReachesTheLauncher() {
		this.contextRunner.withPropertyValues("subprocess.recent-capacity=1").run((context) -> {
			ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
			launcher.command("/bin/true").run();
			launcher.command("/bin/true").run();
			assertThat(launcher.processes().recent()).hasSize(1);
		});
	}

	@Test
	void guardianReachesTheLauncher() {
		this.contextRunner.run((context) -> {
			context.getBean(ProcessLauncher.class).command("/bin/true").run();
			assertThat(guardians()).isEmpty();
		});
		this.contextRunner.withPropertyValues("subprocess.guardian=true").run((context) -> {
			context.getBean(ProcessLauncher.class).command("/bin/true").run();
			assertThat(guardians()).hasSize(1);
		});
		assertThat(guardians()).isEmpty();
	}

	private static List<ProcessHandle> guardians() {
		return ProcessHandle.current()
			.children()
			.filter((child) -> child.info().command().orElse("").contains("subprocess-guardian"))
			.toList();
	}

	@Test
	void adoptionOfOrphansReachesTheLauncher() {
		this.contextRunner.run((context) -> assertThat(hasTreeVariable(context)).isFalse());
		this.contextRunner.withPropertyValues("subprocess.adopt-orphans=true")
			.run((context) -> assertThat(hasTreeVariable(context)).isTrue());
	}

	/**
	 * Whose orphans they are is told by a variable.
	 */
	private static boolean hasTreeVariable(ApplicationContext context) {
		return context.getBean(ProcessLauncher.class)
			.command("env")
			.run()
			.outputLines()
			.stream()
			.anyMatch((line) -> line.startsWith("SUBPROCESS_TREE="));
	}

	@Test
	void limitsReachTheLauncher() {
		this.contextRunner
			.withPropertyValues("subprocess.concurrency.limit=2", "subprocess.concurrency.queue=0",
					"subprocess.defaults.concurrency.queue=0", "subprocess.policy.narrow.concurrency.limit=1")
			.run((context) -> {
				ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
				assertThat(launcher.processes().limit("narrow")).isEqualTo(1);
				assertThat(launcher.processes().limit("none")).isZero();
				launcher.command("/bin/sleep", "300").policy("narrow").start();
				assertThatExceptionOfType(ProcessRejectedException.class)
					.isThrownBy(() -> launcher.command("/bin/true").policy("narrow").run())
					.withMessageContaining("policy 'narrow' is 1");
				launcher.command("/bin/sleep", "300").start();
				assertThatExceptionOfType(ProcessRejectedException.class)
					.isThrownBy(() -> launcher.command("/bin/true").run())
					.withMessageContaining("the launcher is 2");
			});
	}

	@Test
	void codeOfTheApplicationRunsOnItsThreadPerTaskExecutor() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("of-application-");
		this.contextRunner.withBean("applicationTaskExecutor", SimpleAsyncTaskExecutor.class, () -> executor)
			.run((context) -> assertThat(threadOfCallback(context.getBean(ProcessLauncher.class)))
				.startsWith("of-application-"));
	}

	@Test
	void codeOfTheApplicationDoesNotRunInAPoolThatItCouldFill() {
		ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
		pool.setThreadNamePrefix("of-application-");
		SimpleAsyncTaskExecutor throttled = new SimpleAsyncTaskExecutor("of-application-");
		throttled.setConcurrencyLimit(8);
		this.contextRunner.withBean("applicationTaskExecutor", ThreadPoolTaskExecutor.class, () -> pool)
			.run((context) -> assertThat(threadOfCallback(context.getBean(ProcessLauncher.class)))
				.doesNotStartWith("of-application-"));
		this.contextRunner.withBean("applicationTaskExecutor", SimpleAsyncTaskExecutor.class, () -> throttled)
			.run((context) -> assertThat(threadOfCallback(context.getBean(ProcessLauncher.class)))
				.doesNotStartWith("of-application-"));
	}

	@Test
	void codeOfTheApplicationRunsOnTheExecutorThatIsMadeForIt() {
		ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
		pool.setThreadNamePrefix("made-for-it-");
		this.contextRunner.withBean("subprocessTaskExecutor", ThreadPoolTaskExecutor.class, () -> pool)
			.run((context) -> assertThat(threadOfCallback(context.getBean(ProcessLauncher.class)))
				.startsWith("made-for-it-"));
	}

	private static String threadOfCallback(ProcessLauncher launcher) {
		AtomicReference<String> thread = new AtomicReference<>("none");
		launcher.command("echo", "line")
			.output(OutputTarget.lines((line) -> thread.set(Thread.currentThread().getName())))
			.run();
		return thread.get();
	}

	@Test
	void misspeltKeyFails() {
		this.contextRunner.withPropertyValues("subprocess.recent-capacty=3")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(UnboundConfigurationPropertiesException.class));
	}

	@Test
	void misspeltKeyOfAPolicyFails() {
		this.contextRunner.withPropertyValues("subprocess.policy.transcode.timeuot=3")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(UnboundConfigurationPropertiesException.class)
				.rootCause()
				.hasMessageContaining("subprocess.policy.transcode.timeuot"));
	}

	@Test
	void misspeltKeyOfAPartOfAPolicyFails() {
		this.contextRunner.withPropertyValues("subprocess.policy.transcode.output.maxsize-bytes=3")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(UnboundConfigurationPropertiesException.class));
	}

	@Test
	void customizersComeAfterPropertiesInTheirOrder() {
		this.contextRunner
			.withPropertyValues("subprocess.policy.first.deadlines.wall=1", "subprocess.policy.second.deadlines.wall=1")
			.withUserConfiguration(Customizers.class)
			.run((context) -> {
				ProcessLauncher launcher = context.getBean(ProcessLauncher.class);
				assertThat(policy(launcher, "first").deadlines().wall()).isEqualTo(Duration.ofSeconds(2));
				assertThat(policy(launcher, "second").deadlines().wall()).isEqualTo(Duration.ofSeconds(3));
			});
	}

	@Test
	void listenersAreToldInTheirOrder() {
		this.contextRunner.withUserConfiguration(Listeners.class).run((context) -> {
			context.getBean(ProcessLauncher.class).command("/bin/true").run();
			assertThat(context.getBean(Listeners.class).told).containsExactly("first", "second");
		});
	}

	private static ProcessPolicy policy(ProcessLauncher launcher, String name) {
		return launcher.policies().get(name);
	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		ProcessLauncherCustomizer last() {
			return (builder) -> builder.policy("second", ProcessPolicy.undecided()
				.withDeadlines(DeadlinesPolicy.undecided().withWall(Duration.ofSeconds(3))));
		}

		@Bean
		@Order(1)
		ProcessLauncherCustomizer early() {
			return (builder) -> {
				ProcessPolicy policy = ProcessPolicy.undecided()
					.withDeadlines(DeadlinesPolicy.undecided().withWall(Duration.ofSeconds(2)));
				builder.policy("first", policy).policy("second", policy);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		final List<String> told = new CopyOnWriteArrayList<>();

		@Bean
		@Order(2)
		ProcessListener second() {
			return listener("second");
		}

		@Bean
		@Order(1)
		ProcessListener first() {
			return listener("first");
		}

		private ProcessListener listener(String name) {
			return new ProcessListener() {

				@Override
				public void onStarted(ProcessStarted event) {
					Listeners.this.told.add(name);
				}

			};
		}

	}

}
