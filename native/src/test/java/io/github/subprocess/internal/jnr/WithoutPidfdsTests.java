// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.Set;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.Fixture;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.internal.jnr.SystemCallFilter.Call;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.Spawner;
import io.github.subprocess.spi.SystemCallFailure;
import jnr.constants.platform.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.github.subprocess.internal.jnr.TestPlan.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Where the kernel or a sandbox has no descriptors for processes, a child is known by its
 * pid until it has been reaped.
 */
class WithoutPidfdsTests {

	private static final int CLONE_PIDFD = 0x1000;

	private final OperatingSystem system = JnrOperatingSystem.load(null);

	private final Spawner spawner = this.system.spawner();

	@ParameterizedTest
	@EnumSource
	void childIsKnownByItsPid(SpawnMechanism mechanism) throws Exception {
		// the classes of this mechanism are loaded here
		SpawnedChild usual = this.spawner.spawn(plan().mechanism(mechanism).build());
		assertThat(usual.hasPidfd()).isTrue();
		await().until(() -> this.spawner.poll(usual.pidfd(), true) != null);
		this.system.descriptors().close(usual.pidfd());
		Set<String> before = Fixture.openDescriptors();
		SpawnedChild child = withoutPidfds()
			.call(() -> this.spawner.spawn(plan().program("/bin/sleep", "60").mechanism(mechanism).build()));
		assertThat(child.hasPidfd()).isFalse();
		assertThat(child.pidfd()).isEqualTo(-child.pid());
		assertThat(this.spawner.poll(child.pidfd(), false)).isNull();
		this.spawner.signal(child.pidfd(), ProcessSignal.USR1.number());
		await().until(() -> this.spawner.poll(child.pidfd(), false) != null);
		ExitRecord exit = this.spawner.poll(child.pidfd(), true);
		assertThat(exit).isNotNull();
		assertThat(exit.status()).isEqualTo(new ExitStatus.Signalled(ProcessSignal.USR1.number(), false));
		assertThatExceptionOfType(SystemCallFailure.class).isThrownBy(() -> this.spawner.poll(child.pidfd(), true))
			.satisfies((failure) -> assertThat(failure.errnoName()).isEqualTo("ECHILD"));
		assertThat(Fixture.openDescriptors()).isEqualTo(before);
	}

	@ParameterizedTest
	@EnumSource(value = Errno.class, names = { "ENOSYS", "EPERM" })
	void platformSaysSo(Errno errno) throws Exception {
		assertThat(this.system.platform().pidfds()).isTrue();
		assertThat(new SystemCallFilter().refuse(Call.PIDFD_OPEN, errno).call(() -> JnrOperatingSystem.load(null)))
			.satisfies((old) -> assertThat(old.platform().pidfds()).isFalse());
	}

	private static SystemCallFilter withoutPidfds() {
		return new SystemCallFilter().refuse(Call.CLONE3, Errno.ENOSYS)
			.refuseFlag(Call.CLONE, 0, CLONE_PIDFD, Errno.EINVAL)
			.refuse(Call.PIDFD_OPEN, Errno.ENOSYS);
	}

}
