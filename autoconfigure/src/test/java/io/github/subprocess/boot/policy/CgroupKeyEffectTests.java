// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.policy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.CgroupUsage;
import io.github.subprocess.ExitStatus;
import io.github.subprocess.ProcessExitException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What limits of cgroups do to programs that want more, where the controllers are in
 * version 2 and may be enabled: in {@code scripts/verify-in-vm} at least. That each key
 * reaches its file is looked at in {@link PolicyKeyEffectTests}.
 */
@Timeout(240)
class CgroupKeyEffectTests {

	private static final String PREFIX = "subprocess.policy.p.cgroup.";

	private static final String ONE_BLOCK_OF = "dd if=/dev/zero of=/dev/null count=1 bs=";

	@Test
	void memoryMaxKillsWhoWantsMoreAndTheFailureSaysSo() {
		needs("memory");
		with((launcher) -> {
			ProcessExitException failure = catchThrowableOfType(ProcessExitException.class,
					() -> launcher.command("tail", "/dev/zero").policy("p").run());
			assertThat(failure.result().status()).isEqualTo(new ExitStatus.Signalled(9, false));
			CgroupUsage usage = usage(failure.result());
			assertThat(usage.isMemoryLimitHit()).isTrue();
			assertThat(usage.oomKills()).isOne();
			assertThat(failure).hasMessageContaining("(the memory limit of its cgroup was hit: 1 killed");
			if (usage.memoryPeakBytes() != null) {
				assertThat(usage.memoryPeakBytes()).isBetween(12L << 20, 16L << 20);
			}
		}, "memory-max=16MB", "swap-max=0B");
	}

	@Test
	void memoryMaxLeavesWhoNeedsLess() {
		needs("memory");
		with((launcher) -> {
			ProcessResult result = launcher.command("sh", "-c", ONE_BLOCK_OF + "8M").policy("p").run();
			assertThat(usage(result).isMemoryLimitHit()).isFalse();
			assertThat(usage(result).oomKills()).isZero();
		}, "memory-max=32MB", "swap-max=0B");
	}

	@Test
	void memoryHighHoldsBackWhoWantsMoreAndKillsNobody() {
		needs("memory");
		with((launcher) -> {
			// a little more: the kernel lets the excess itself decide how long it takes
			ProcessResult result = launcher
				.command("sh", "-c", ONE_BLOCK_OF + "17M; cat " + CgroupKeyEffects.own() + "/memory.events")
				.policy("p")
				.run();
			assertThat(count(result.outputText(), "high")).isPositive();
			assertThat(usage(result).isMemoryLimitHit()).isFalse();
		}, "memory-high=16MB");
	}

	@Test
	void swapMaxLetsItsAmountBeSwappedOut() throws Exception {
		needs("memory");
		assumeTrue(Files.readAllLines(Path.of("/proc/swaps")).size() > 1, "needs swap");
		String swap = ONE_BLOCK_OF + "40M; cat " + CgroupKeyEffects.own() + "/memory.swap.events";
		with((launcher) -> {
			ProcessResult result = launcher.command("sh", "-c", swap).policy("p").run();
			assertThat(usage(result).isMemoryLimitHit()).isFalse();
		}, "memory-max=20MB", "swap-max=200MB");
		with((launcher) -> {
			ProcessExitException failure = catchThrowableOfType(ProcessExitException.class,
					() -> launcher.command("sh", "-c", "exec " + ONE_BLOCK_OF + "40M").policy("p").run());
			assertThat(usage(failure.result()).isMemoryLimitHit()).isTrue();
		}, "memory-max=20MB", "swap-max=4MB");
	}

	@Test
	void cpuMaxHoldsBackWhoWantsMore() {
		needs("cpu");
		with((launcher) -> {
			ProcessResult result = launcher
				.command("sh", "-c",
						"i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done; cat " + CgroupKeyEffects.own() + "/cpu.stat")
				.policy("p")
				.run();
			assertThat(count(result.outputText(), "nr_throttled")).isPositive();
			CgroupUsage usage = usage(result);
			assertThat(usage.throttledTime()).isPositive();
			// a tenth of a processor: what it used took ten times as long, less the first
			// period
			Duration used = usage.userTime().plus(usage.systemTime());
			assertThat(result.duration()).isGreaterThan(used.multipliedBy(5).minusMillis(100));
		}, "cpu-max=0.1");
	}

	@Test
	void pidsMaxRefusesMoreProcessesAndTheFailureSaysSo() {
		needs("pids");
		with((launcher) -> {
			ProcessExitException failure = catchThrowableOfType(ProcessExitException.class,
					() -> launcher.command("sh", "-c", "(:); true").policy("p").run());
			assertThat(usage(failure.result()).isPidsLimitHit()).isTrue();
			assertThat(failure).hasMessageContaining("(the limit of its cgroup on processes was hit: ");
		}, "pids-max=1");
		with((launcher) -> {
			ProcessResult result = launcher.command("sh", "-c", "(:); true").policy("p").run();
			assertThat(usage(result).pidsRefused()).isZero();
		}, "pids-max=2");
	}

	@Test
	void weightsAreThoseOfTheChildAmongItsSiblings() {
		needs("cpu");
		needs("io");
		with((launcher) -> assertThat(
				launcher.command("sh", "-c", "cd " + CgroupKeyEffects.own() + " && cat cpu.weight io.weight")
					.policy("p")
					.run()
					.outputText())
			.isEqualTo("30\ndefault 70\n"), "cpu-weight=30", "io-weight=70");
	}

	@Test
	void ioMaxOfADiskHoldsBackWhoReadsFaster() throws Exception {
		needs("io");
		Path disk = Path.of("/dev/vda");
		assumeTrue(Files.isReadable(disk) && Files.exists(Path.of("/sys/class/block/vda/dev")),
				"needs the disk " + disk);
		String numbers = Files.readString(Path.of("/sys/class/block/vda/dev")).strip();
		with((launcher) -> {
			long begun = System.nanoTime();
			ProcessResult result = launcher
				.command("dd", "if=" + disk, "of=/dev/null", "bs=256k", "count=12", "iflag=direct")
				.policy("p")
				.run();
			assertThat(result.isSuccess()).isTrue();
			// 3 MB at 1 MB a second
			assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
		}, "files.[io.max]=" + numbers + " rbps=1048576");
	}

	private static void needs(String controller) {
		assumeTrue(CgroupKeyEffects.isUsable(), "needs a cgroup2 hierarchy that may be changed");
		assumeTrue(CgroupKeyEffects.canEnable(controller),
				"needs the controller '" + controller + "' in version 2: scripts/verify-in-vm has it");
	}

	private static CgroupUsage usage(ProcessResult result) {
		CgroupUsage usage = result.cgroup();
		assertThat(usage).isNotNull();
		return usage;
	}

	private static long count(String pairs, String name) {
		return pairs.lines()
			.map((line) -> line.split(" "))
			.filter((pair) -> pair[0].equals(name))
			.mapToLong((pair) -> Long.parseLong(pair[1]))
			.findFirst()
			.orElseThrow();
	}

	private static void with(Effect effect, String... limits) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class))
			.withPropertyValues(PREFIX + "parent=" + CgroupKeyEffects.PARENT);
		for (String limit : limits) {
			runner = runner.withPropertyValues(PREFIX + limit);
		}
		runner.run((context) -> {
			assertThat(context).hasNotFailed();
			effect.look(context.getBean(ProcessLauncher.class));
		});
	}

	/**
	 * Looks at what limits do.
	 */
	@FunctionalInterface
	private interface Effect {

		void look(ProcessLauncher launcher) throws Exception;

	}

}
