// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.Map;

import io.github.subprocess.KernelFeatures;
import io.github.subprocess.LaunchPlatform;
import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.SandboxSupport;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.boot.actuate.info.SubprocessInfoContributor;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SubprocessInfoContributorAutoConfiguration} and what it makes.
 */
class SubprocessInfoContributorAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(SubprocessAutoConfiguration.class, SubprocessInfoContributorAutoConfiguration.class));

	@Test
	void tellsHowProcessesAreBornAndTheirEndsNoticed() {
		this.contextRunner.run((context) -> assertThat(contribute(context.getBean(SubprocessInfoContributor.class)))
			.containsEntry("mechanism", "vfork")
			.containsEntry("exitDetection", "pidfd")
			.containsEntry("core", Map.of("abi", 1, "version", System.getProperty("subprocess.version"), "architecture",
					System.getProperty("os.arch"))));
	}

	@Test
	void tellsAllThatIsDocumented() {
		this.contextRunner.run((context) -> {
			Map<String, Object> info = contribute(context.getBean(SubprocessInfoContributor.class));
			assertThat(info).containsOnlyKeys("mechanism", "exitDetection", "descriptorClosing", "landlock",
					"systemCallFilters", "kernel", "core");
			assertThat(info.get("kernel")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsOnlyKeys("pidfd", "clone3", "closeRange", "cgroup2");
			assertThat(info.get("core")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsOnlyKeys("abi", "version", "architecture");
		});
	}

	@Test
	void tellsOfAKernelWithoutPidfds() {
		ProcessLauncher launcher = mock(ProcessLauncher.class);
		given(launcher.platform()).willReturn(new LaunchPlatform(SpawnMechanism.POSIX_SPAWN, false,
				new SandboxSupport(4, true), new KernelFeatures(true, false, true), 0, "1.2.3"));
		assertThat(contribute(new SubprocessInfoContributor(launcher))).containsEntry("mechanism", "posix-spawn")
			.containsEntry("exitDetection", "polling")
			.containsEntry("landlock", 4)
			.containsEntry("systemCallFilters", true)
			.containsEntry("descriptorClosing", "one by one")
			.containsEntry("kernel", Map.of("pidfd", false, "clone3", true, "closeRange", false, "cgroup2", true))
			.containsEntry("core",
					Map.of("abi", "none", "version", "1.2.3", "architecture", System.getProperty("os.arch")));
	}

	@Test
	void tellsThatNothingCanBeLaunched() {
		ProcessLauncher launcher = mock(ProcessLauncher.class);
		given(launcher.platform()).willThrow(new NativeCoreUnavailableException("no core here", "get one", null));
		assertThat(contribute(new SubprocessInfoContributor(launcher))).hasEntrySatisfying("unavailable",
				(reason) -> assertThat(reason).asString().startsWith("no core here"));
	}

	@Test
	void canBeTurnedOff() {
		this.contextRunner.withPropertyValues("management.info.subprocess.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(InfoContributor.class));
		this.contextRunner.withPropertyValues("management.info.defaults.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(InfoContributor.class));
	}

	@Test
	void backsOff() {
		this.contextRunner.withBean(SubprocessInfoContributor.class, () -> mock(SubprocessInfoContributor.class))
			.run((context) -> assertThat(context).hasSingleBean(SubprocessInfoContributor.class));
		this.contextRunner.withPropertyValues("subprocess.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SubprocessInfoContributor.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader(InfoContributor.class))
			.run((context) -> assertThat(context).doesNotHaveBean("subprocessInfoContributor"));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> contribute(InfoContributor contributor) {
		Info.Builder builder = new Info.Builder();
		contributor.contribute(builder);
		return (Map<String, Object>) builder.build().getDetails().get("subprocess");
	}

}
