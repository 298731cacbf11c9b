// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

import io.github.subprocess.Fixture;
import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.SandboxSupport;
import io.github.subprocess.SpawnWarning;
import io.github.subprocess.internal.jnr.SystemCallFilter.Call;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.NetworkAccess;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SandboxPolicy;
import io.github.subprocess.policy.SystemCallGroup;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.ChildSandbox;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Where the kernel lacks Landlock or filters of system calls, what is required is refused
 * with the name of the part, and what is best effort is left out and warned of.
 */
class SandboxWithoutSupportTests {

	private static final ChildSandbox ALL = new ChildSandbox(List.of(), true, new TreeSet<>(Set.of(80)), null, true,
			true, Set.of(SystemCallGroup.KEYS));

	private static final Set<Attribute> PARTS = ALL.parts();

	/**
	 * Do something where the kernel knows neither.
	 */
	private static <T> T withoutSupport(Callable<T> task) throws Exception {
		return new SystemCallFilter().refuse(Call.LANDLOCK_CREATE_RULESET, Errno.ENOSYS)
			.refuse(Call.SECCOMP, Errno.ENOSYS)
			.call(task);
	}

	private static SpawnPlan plan(Set<Attribute> bestEffort) {
		return TestPlan.plan().attributes(ChildAttributes.builder().sandbox(ALL).bestEffort(bestEffort)).build();
	}

	@Test
	void nothingIsFoundThere() throws Exception {
		assertThat(withoutSupport(() -> JnrOperatingSystem.load(null).platform().sandbox()))
			.isEqualTo(SandboxSupport.none());
	}

	@Test
	void whatIsRequiredIsRefusedBeforeBirth() throws Exception {
		SpawnFailure failure = withoutSupport(() -> catchThrowableOfType(SpawnFailure.class,
				() -> JnrOperatingSystem.load(null).spawner().spawn(plan(Set.of()))));
		assertThat(failure.step()).isEqualTo(ChildStep.LANDLOCK_RULES);
		assertThat(failure.errnoName()).isEqualTo("ENOTSUP");
		assertThat(failure.subject()).isEqualTo("sandbox files need Landlock 3 (Linux 6.2), there is none; "
				+ "sandbox network needs filters of system calls (seccomp), there are none; "
				+ "sandbox ports need Landlock 4 (Linux 6.7), there is none; "
				+ "sandbox signals need Landlock 6 (Linux 6.12), there is none; "
				+ "sandbox abstract sockets need Landlock 6 (Linux 6.12), there is none; "
				+ "sandbox system calls need filters of system calls (seccomp), there are none");
	}

	@Test
	void onlyWhatIsRequiredIsNamed() throws Exception {
		Set<Attribute> spared = new TreeSet<>(PARTS);
		spared.remove(Attribute.SANDBOX_NETWORK);
		SpawnFailure failure = withoutSupport(() -> catchThrowableOfType(SpawnFailure.class,
				() -> JnrOperatingSystem.load(null).spawner().spawn(plan(spared))));
		assertThat(failure.step()).isEqualTo(ChildStep.SECCOMP);
		assertThat(failure.subject())
			.isEqualTo("sandbox network needs filters of system calls (seccomp), there are none");
	}

	@Test
	void whatIsBestEffortIsWarnedOf() throws Exception {
		SpawnedChild child = withoutSupport(() -> {
			OperatingSystem system = JnrOperatingSystem.load(null);
			SpawnedChild born = system.spawner().spawn(plan(PARTS));
			TestDescriptors.end(system, born);
			return born;
		});
		assertThat(child.warnings()).hasSize(6)
			.extracting(SpawnWarning::step, SpawnWarning::errnoName)
			.contains(tuple("landlock-rules", "ENOTSUP"), tuple("landlock", "ENOTSUP"), tuple("seccomp", "ENOTSUP"));
		assertThat(child.warnings()).extracting(SpawnWarning::subject)
			.contains("sandbox ports need Landlock 4 (Linux 6.7), there is none");
	}

	@Test
	void launcherThatPromisesASandboxIsNotReady() throws Exception {
		SandboxPolicy sandbox = SandboxPolicy.undecided().withNetwork(NetworkAccess.NONE).withIsolatesSignals(true);
		NativeCoreUnavailableException ex = withoutSupport(() -> {
			try (ProcessLauncher launcher = ProcessLauncher.builder()
				.policy("convert", ProcessPolicy.undecided().withSandbox(sandbox))
				.build()) {
				return catchThrowableOfType(NativeCoreUnavailableException.class, launcher::awaitReady);
			}
		});
		assertThat(ex).hasMessage("Programs cannot be protected here: policy 'convert': sandbox network needs filters "
				+ "of system calls (seccomp), there are none; policy 'convert': sandbox signals need Landlock 6 "
				+ "(Linux 6.12), there is none");
		assertThat(ex.remedy()).contains("best effort");
	}

	@Test
	void launcherIsReadyWhereTheSandboxIsBestEffort() throws Exception {
		SandboxPolicy sandbox = SandboxPolicy.undecided().withNetwork(NetworkAccess.NONE);
		ProcessPolicy policy = ProcessPolicy.undecided()
			.withSandbox(sandbox)
			.withCommand(Fixture.program("exit_with"), "0")
			.withBestEffort(Set.of(Attribute.SANDBOX_NETWORK));
		withoutSupport(() -> {
			try (ProcessLauncher launcher = ProcessLauncher.builder().policy("convert", policy).build()) {
				launcher.awaitReady();
				ProcessPolicy required = ProcessPolicy.undecided().withBestEffort(Set.of());
				assertThatExceptionOfType(ProcessStartException.class)
					.isThrownBy(() -> launcher.policy("convert").overrides(required).run())
					.satisfies((ex) -> assertThat(ex.subject()).startsWith("sandbox network needs"));
				return launcher.policy("convert").run();
			}
		});
	}

	@ParameterizedTest
	@CsvSource({ "0, 6", "1, 4", "2, 4", "3, 3", "4, 2", "5, 2", "6, 0", "7, 0" })
	void newerKernelsHaveMore(int landlock, int obstacles) {
		SandboxPolicy sandbox = SandboxPolicy.strict();
		SandboxSupport support = new SandboxSupport(landlock, landlock > 0);
		assertThat(support.obstacles(sandbox)).hasSize(obstacles);
		assertThat(support.obstacles(SandboxPolicy.undecided())).isEqualTo(Map.of());
	}

	@Test
	void numbersAndPartsAreChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SandboxSupport(-1, true));
		assertThatIllegalArgumentException().isThrownBy(() -> SandboxSupport.none().obstacle(Attribute.NICE))
			.withMessageContaining("NICE");
	}

}
