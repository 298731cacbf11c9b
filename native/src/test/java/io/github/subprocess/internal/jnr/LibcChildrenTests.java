// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.time.Duration;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.Fixture;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.SpawnedChild;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Children that live are asked and told without the native core.
 */
class LibcChildrenTests extends AbstractPosixSpawnTests {

	@Test
	void exitIsToldWithTheUsage() throws Exception {
		ExitRecord exit = run(plan("exit_with", "7")).exit();
		assertThat(exit.status()).isEqualTo(new ExitStatus.Exited(7));
		assertThat(exit.usage().maxResidentBytes()).isPositive();
		assertThat(exit.usage().minorFaults()).isPositive();
		assertThat(exit.usage().cpuTime()).isPositive().isLessThan(Duration.ofSeconds(10));
	}

	@Test
	void signalThatEndedTheProgramIsTold() throws Exception {
		assertThat(run(plan("kill_self", "15")).exit().status()).isEqualTo(new ExitStatus.Signalled(15, false));
		assertThat(run(plan("kill_self", "9")).exit().status()).isEqualTo(new ExitStatus.Signalled(9, false));
	}

	@Test
	void childStaysUntilItIsReaped() throws Exception {
		SpawnedChild child = this.spawner.spawn(plan("exit_with", "3").build());
		this.opened.add(child.pidfd());
		await().until(() -> this.spawner.poll(child.pidfd(), false) != null);
		ExitRecord kept = this.spawner.poll(child.pidfd(), false);
		assertThat(kept.usage().minorFaults()).isPositive();
		assertThat(Fixture.zombies()).contains((long) child.pid());
		ExitRecord reaped = this.spawner.poll(child.pidfd(), true);
		assertThat(reaped.status()).isEqualTo(kept.status()).isEqualTo(new ExitStatus.Exited(3));
		assertThat(Fixture.zombies()).isEmpty();
		assertSystemCallFailure("waitid", "ECHILD", () -> this.spawner.poll(child.pidfd(), false));
		assertSystemCallFailure("pidfd_send_signal", "ESRCH", () -> this.spawner.signal(child.pidfd(), 15));
	}

	@Test
	void childIsSignalled() throws Exception {
		try (Running running = start(plan("ignore_sigterm"))) {
			running.awaitLine("ready");
			assertThat(this.spawner.poll(running.child.pidfd(), true)).isNull();
			this.spawner.signal(running.child.pidfd(), ProcessSignal.TERM.number());
			this.spawner.signal(running.child.pidfd(), ProcessSignal.KILL.number());
			assertThat(running.awaitExit().status()).isEqualTo(new ExitStatus.Signalled(9, false));
		}
	}

	@Test
	void pidfdIsNotInherited() throws Exception {
		try (Running running = start(plan("ignore_sigterm"))) {
			assertThat(libc.fcntl(running.child.pidfd(), F_GETFD, 0)).isEqualTo(1);
		}
	}

	@Test
	void groupIsCountedAndSignalled() throws Exception {
		Plan plan = plan("fork_tree", "3", "ignore");
		try (Running running = start(plan)) {
			running.awaitLine("ready");
			int group = running.child.pid();
			assertThat(this.spawner.countGroupMembers(group)).isEqualTo(4);
			this.spawner.signalGroup(group, ProcessSignal.TERM.number());
			await().until(() -> this.spawner.poll(running.child.pidfd(), false) != null);
			assertThat(this.spawner.countGroupMembers(group)).as("a zombie is not alive").isEqualTo(3);
			this.spawner.signalGroup(group, ProcessSignal.KILL.number());
			await().until(() -> this.spawner.countGroupMembers(group) == 0);
			assertThat(running.awaitExit().status()).isEqualTo(new ExitStatus.Signalled(15, false));
		}
		assertSystemCallFailure("kill", "ESRCH", () -> this.spawner.signalGroup(2_000_000_000, 0));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 0, -1, Integer.MIN_VALUE })
	void groupsThatAreEverybodyAreRefused(int group) {
		assertSystemCallFailure("kill", "EINVAL", () -> this.spawner.signalGroup(group, 0));
		assertSystemCallFailure("read /proc", "EINVAL", () -> this.spawner.countGroupMembers(group));
	}

	@Test
	void zombieIsAliveWhileAThreadOfItIs() {
		assertThat(GroupMembers.hasLivingThread("7 (a) S 1 2 3 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 99")).isTrue();
		assertThat(GroupMembers.hasLivingThread("7 (a) Z 1 2 3 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 99")).isFalse();
		assertThat(GroupMembers.hasLivingThread("7 (a) Z 1 2 3 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 12 0 99")).isTrue();
		assertThat(GroupMembers.hasLivingThread("7 () Z 1 (x) S 1 2 3 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 99"))
			.isTrue();
		assertThat(GroupMembers.hasLivingThread("")).isFalse();
	}

	@Test
	void numbersOfSystemCallsAreAPureFunction() {
		assertThat(SystemCallNumbers.waitid("Linux", "amd64")).isEqualTo(247);
		assertThat(SystemCallNumbers.waitid("Linux", "riscv64")).isEqualTo(95);
		assertThat(SystemCallNumbers.waitid("Linux", "ppc64le")).isEqualTo(272);
		assertThat(SystemCallNumbers.waitid("Linux", "s390x")).isEqualTo(281);
		assertThat(SystemCallNumbers.waitid("Linux", "mips64el")).isNull();
		assertThat(SystemCallNumbers.waitid("Mac OS X", "aarch64")).isNull();
	}

}
