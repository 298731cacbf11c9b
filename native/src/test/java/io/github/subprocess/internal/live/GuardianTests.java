// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import io.github.subprocess.Fixture;
import io.github.subprocess.LaunchPlatform;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.internal.jnr.GuardianProgram;
import io.github.subprocess.internal.jnr.JnrOperatingSystem;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.BundledProgram;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.CgroupFiles;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.OtherProcesses;
import io.github.subprocess.spi.ReadinessPoll;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.Spawner;
import io.github.subprocess.spi.SystemCallFailure;
import io.github.subprocess.spi.UserDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of a guardian that does not do its duty.
 */
@Timeout(60)
class GuardianTests {

	/**
	 * Above what any kernel gives out.
	 */
	private static final int NOBODYS_NUMBER = 1_000_000_000;

	private static final int MORE_THAN_A_PIPE_HOLDS = 10_000;

	private static final SpawnPlan SLEEP = new SpawnPlan(List.of("/bin/sleep"), List.of("sleep", "600"), List.of(),
			null, SessionMode.NEW_SESSION, 0, List.of(), ChildAttributes.none(), null, null);

	private OperatingSystem system;

	private Reactor reactor;

	private Set<String> before;

	@BeforeEach
	void prepare() throws Exception {
		this.system = JnrOperatingSystem.load(null);
		this.before = Fixture.openDescriptors();
		this.reactor = new Reactor(this.system.newPoll());
		this.reactor.execute(() -> {
		});
	}

	@AfterEach
	void nothingIsLeft() {
		this.reactor.close();
		assertThat(Fixture.openDescriptors()).isEqualTo(this.before);
		assertThat(Fixture.zombies()).isEmpty();
	}

	private static List<ProcessHandle> guardians() {
		return ProcessHandle.current()
			.children()
			.filter((child) -> child.info().command().orElse("").contains("subprocess-guardian"))
			.filter((child) -> Fixture.isRunning(child.pid()))
			.toList();
	}

	@Test
	void oneThatDoesNotReadIsReplacedByOneThatKnowsAllGroups() throws Exception {
		try (Guardian guardian = new Guardian(this.system, this.reactor, GuardianProgram.find(null))) {
			guardian.begin();
			ProcessHandle stopped = guardians().get(0);
			this.system.spawner().signalGroup((int) stopped.pid(), 19);
			for (int i = 0; i < MORE_THAN_A_PIPE_HOLDS; i++) {
				guardian.watch(NOBODYS_NUMBER + i);
			}
			await().until(() -> !Fixture.isRunning(stopped.pid()));
			assertThat(guardians()).hasSize(1).doesNotContain(stopped);
		}
		assertThat(guardians()).isEmpty();
	}

	@Test
	void interruptIsKeptWhileOneDoesNotRead() throws Exception {
		try (Guardian guardian = new Guardian(this.system, this.reactor, GuardianProgram.find(null))) {
			guardian.begin();
			this.system.spawner().signalGroup((int) guardians().get(0).pid(), 19);
			Thread.currentThread().interrupt();
			for (int i = 0; i < MORE_THAN_A_PIPE_HOLDS; i++) {
				guardian.watch(NOBODYS_NUMBER + i);
			}
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void whatCannotBeGuardedAfterItsBirthIsEnded() {
		AtomicReference<SpawnedChild> born = new AtomicReference<>();
		OperatingSystem unlucky = new KillingSystem(this.system, born);
		BundledProgram guardian = GuardianProgram.find(null);
		// there is one guardian and no more
		GuardedSystem guarded = new GuardedSystem(unlucky, this.reactor,
				() -> (born.get() == null) ? guardian.prepare() : new File("/no/such/guardian"));
		assertThatExceptionOfType(GuardianFailure.class).isThrownBy(() -> guarded.spawner().spawn(SLEEP));
		assertThat(Fixture.isRunning(born.get().pid())).isFalse();
		assertThat(guardians()).isEmpty();
		guarded.close();
	}

	@Test
	void oneThatIsNotThereIsAFailureAndNotALaunch() {
		GuardedSystem guarded = new GuardedSystem(this.system, this.reactor, () -> new File("/no/such/guardian"));
		assertThatExceptionOfType(GuardianFailure.class).isThrownBy(() -> guarded.spawner().spawn(SLEEP))
			.satisfies((ex) -> assertThat(ex.subject()).isEqualTo("exec /no/such/guardian"))
			.satisfies((ex) -> assertThat(ex.failure().errnoName()).isEqualTo("ENOENT"));
		guarded.close();
	}

	@Test
	void closedOneIsNotStartedAgain() {
		Guardian guardian = new Guardian(this.system, this.reactor, GuardianProgram.find(null));
		guardian.begin();
		guardian.close();
		assertThatExceptionOfType(ProcessRejectedException.class).isThrownBy(guardian::begin);
		guardian.forget(NOBODYS_NUMBER);
		assertThat(guardians()).isEmpty();
	}

	/**
	 * Where the guardian dies while a child is born.
	 */
	private record KillingSystem(OperatingSystem system,
			AtomicReference<SpawnedChild> born) implements OperatingSystem, Spawner {

		@Override
		public SpawnedChild spawn(SpawnPlan plan) throws SpawnFailure {
			SpawnedChild child = this.system.spawner().spawn(plan);
			if (plan == SLEEP) {
				this.born.set(child);
				guardians().forEach(ProcessHandle::destroyForcibly);
				await().until(() -> guardians().isEmpty());
			}
			return child;
		}

		@Override
		public @Nullable ExitRecord poll(int pidfd, boolean reap) throws SystemCallFailure {
			return this.system.spawner().poll(pidfd, reap);
		}

		@Override
		public void signal(int pidfd, int signal) throws SystemCallFailure {
			this.system.spawner().signal(pidfd, signal);
		}

		@Override
		public void signalGroup(int group, int signal) throws SystemCallFailure {
			this.system.spawner().signalGroup(group, signal);
		}

		@Override
		public int countGroupMembers(int group) throws SystemCallFailure {
			return this.system.spawner().countGroupMembers(group);
		}

		@Override
		public Duration groupCpuTime(int group) throws SystemCallFailure {
			return this.system.spawner().groupCpuTime(group);
		}

		@Override
		public Spawner spawner() {
			return this;
		}

		@Override
		public LaunchPlatform platform() {
			return this.system.platform();
		}

		@Override
		public DescriptorIo descriptors() {
			return this.system.descriptors();
		}

		@Override
		public UserDatabase users() {
			return this.system.users();
		}

		@Override
		public OtherProcesses others() {
			return this.system.others();
		}

		@Override
		public CgroupFiles cgroups() {
			return this.system.cgroups();
		}

		@Override
		public ReadinessPoll newPoll() throws SystemCallFailure {
			return this.system.newPoll();
		}

	}

	/**
	 * A program that is there, or is not.
	 */
	private record File(String path) implements BundledProgram.Executable {

		@Override
		public void close() {
		}

	}

}
