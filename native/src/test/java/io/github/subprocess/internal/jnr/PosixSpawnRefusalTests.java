// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.SpawnWarning;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.Resource;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.ChildSandbox;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.DescriptorMapping;
import jnr.constants.platform.Errno;
import jnr.ffi.LibraryLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

/**
 * What posix_spawn cannot do, or the libc at hand, is refused or warned of, and nothing
 * is left out in silence.
 */
class PosixSpawnRefusalTests extends AbstractPosixSpawnTests {

	@ParameterizedTest
	@MethodSource("attributes")
	void attributesAreRefusedOrWarnedOf(Attribute attribute, ChildAttributes.Builder builder, ChildStep step,
			@Nullable String subject) throws Exception {
		Plan plan = plan("echo_args", "runs");
		plan.attributes = builder.build();
		assertFailure(plan, ChildStep.POSIX_SPAWN, "ENOTSUP", step.text());
		plan.attributes = builder.bestEffort(Set.of(attribute)).build();
		Outcome outcome = run(plan);
		assertThat(outcome.lines()).containsExactly("runs");
		assertThat(outcome.child().warnings()).singleElement().satisfies((warning) -> {
			assertThat(warning.step()).isEqualTo(step.text());
			assertThat(warning.errnoName()).isEqualTo("ENOTSUP");
			assertThat(warning.subject()).isEqualTo(subject);
		});
	}

	static Stream<Arguments> attributes() {
		return Stream.of(
				Arguments.of(Attribute.CONTROLLING_TERMINAL, ChildAttributes.builder().controllingTerminal(0),
						ChildStep.TERMINAL, "descriptor 0"),
				Arguments.of(Attribute.CGROUP, ChildAttributes.builder().cgroup("/sys/fs/cgroup/x"), ChildStep.CGROUP,
						"/sys/fs/cgroup/x"),
				Arguments.of(Attribute.LIMITS,
						ChildAttributes.builder().limits(Map.of(Resource.OPEN_FILES, new Limit(10, 20))),
						ChildStep.LIMITS, "OPEN_FILES 10 to 20"),
				Arguments.of(Attribute.NICE, ChildAttributes.builder().nice(5), ChildStep.NICE, "5"),
				Arguments.of(Attribute.OOM_SCORE, ChildAttributes.builder().oomScore(500), ChildStep.OOM_SCORE, "500"),
				Arguments.of(Attribute.AFFINITY, ChildAttributes.builder().affinity(Set.of(0)), ChildStep.AFFINITY,
						"processors [0]"),
				Arguments.of(Attribute.UMASK, ChildAttributes.builder().umask(027), ChildStep.UMASK, "0027"),
				Arguments.of(Attribute.GROUPS, ChildAttributes.builder().groups(List.of()), ChildStep.GROUPS,
						"no groups"),
				Arguments.of(Attribute.GROUP, ChildAttributes.builder().group(100L), ChildStep.GROUP_ID, "100"),
				Arguments.of(Attribute.DEATH_SIGNAL, ChildAttributes.builder().deathSignal(ProcessSignal.TERM),
						ChildStep.DEATH_SIGNAL, "SIGTERM"),
				Arguments.of(Attribute.NO_NEW_PRIVILEGES, ChildAttributes.builder().noNewPrivileges(true),
						ChildStep.NO_NEW_PRIVILEGES, null),
				Arguments.of(Attribute.SANDBOX_FILES,
						withSandbox(new ChildSandbox(List.of(), false, null, null, false, false, Set.of())),
						ChildStep.LANDLOCK_RULES, null),
				Arguments.of(Attribute.SANDBOX_SIGNALS,
						withSandbox(new ChildSandbox(null, false, null, null, true, false, Set.of())),
						ChildStep.LANDLOCK, null),
				Arguments.of(Attribute.SANDBOX_NETWORK,
						withSandbox(new ChildSandbox(null, true, null, null, false, false, Set.of())),
						ChildStep.SECCOMP, null));
	}

	/**
	 * What a sandbox implies is not what is asked about here.
	 */
	private static ChildAttributes.Builder withSandbox(ChildSandbox sandbox) {
		return ChildAttributes.builder().sandbox(sandbox).noNewPrivileges(false);
	}

	@Test
	void userIsRefusedOrWarnedOf() throws Exception {
		Plan plan = plan("echo_args", "runs");
		ChildAttributes.Builder builder = ChildAttributes.builder().user(4_000_000_000L).groups(List.of(7L));
		plan.attributes = builder.build();
		assertFailure(plan, ChildStep.POSIX_SPAWN, "ENOTSUP", "groups, user");
		plan.attributes = builder.bestEffort(Set.of(Attribute.GROUPS)).build();
		assertFailure(plan, ChildStep.POSIX_SPAWN, "ENOTSUP", "user");
		plan.attributes = builder.bestEffort(Set.of(Attribute.GROUPS, Attribute.USER)).build();
		assertThat(run(plan).child().warnings()).extracting(SpawnWarning::step, SpawnWarning::subject)
			.containsExactly(tuple("groups", "groups [7]"), tuple("user", "4000000000"));
	}

	@Test
	void limitsAreRefusedTogetherAndWarnedOfOneByOne() throws Exception {
		Plan plan = plan("echo_args", "runs");
		ChildAttributes.Builder builder = ChildAttributes.builder()
			.limits(Map.of(Resource.OPEN_FILES, Limit.of(10), Resource.CPU_TIME, Limit.of(5)));
		plan.attributes = builder.build();
		assertFailure(plan, ChildStep.POSIX_SPAWN, "ENOTSUP", "limits");
		plan.attributes = builder.bestEffort(Set.of(Attribute.LIMITS)).build();
		assertThat(run(plan).child().warnings()).extracting(SpawnWarning::subject)
			.containsExactly("CPU_TIME 5", "OPEN_FILES 10");
	}

	@ParameterizedTest
	@EnumSource(value = SpawnMechanism.class, names = { "VFORK", "FORK" })
	void mechanismsOfTheCoreAreRefused(SpawnMechanism mechanism) {
		Plan plan = plan("echo_args");
		plan.mechanism = mechanism;
		assertFailure(plan, ChildStep.POSIX_SPAWN, "ENOTSUP", "mechanism " + mechanism);
	}

	@ParameterizedTest
	@EnumSource(value = DescriptorClosing.class, names = { "UNSHARE", "PROC_SELF_FD", "LOOP" })
	void waysOfClosingThatTheLibcDoesNotGoAreRefused(DescriptorClosing closing) {
		Plan plan = plan("echo_args");
		plan.closing = closing;
		assertFailure(plan, ChildStep.POSIX_SPAWN, "ENOTSUP", "close by " + closing);
	}

	@Test
	void closingBelowAVeryHighDescriptorIsRefused() {
		Plan plan = plan("echo_args");
		plan.descriptors = List.of(new DescriptorMapping(1, 65_536));
		assertFailure(plan, ChildStep.POSIX_SPAWN, "ENOTSUP", "close below descriptor 65536");
	}

	@Test
	void libcThatCannotCloseDescriptors() throws Exception {
		PosixSpawnSpawner spawner = spawnerWithout("posix_spawn_file_actions_addclosefrom_np");
		Plan plan = plan("echo_args", "runs");
		assertFailure(spawner, plan, ChildStep.POSIX_SPAWN, "ENOTSUP", "close");
		plan.closing = DescriptorClosing.NONE;
		assertThat(run(spawner, plan).lines()).containsExactly("runs");
	}

	@Test
	void libcThatCannotChangeTheDirectory() throws Exception {
		PosixSpawnSpawner spawner = spawnerWithout("posix_spawn_file_actions_addfchdir_np");
		Plan plan = plan("echo_args", "runs");
		assertThat(run(spawner, plan).lines()).containsExactly("runs");
		plan.workingDirectory = "/";
		assertFailure(spawner, plan, ChildStep.POSIX_SPAWN, "ENOTSUP", "chdir");
	}

	private static PosixSpawnSpawner spawnerWithout(String function) {
		return new PosixSpawnSpawner(libc,
				Substitute.function(SpawnFunctions.class, functions, function, (arguments) -> {
					throw new UnsatisfiedLinkError(function);
				}), runtime);
	}

	@Test
	void functionThatIsMissingIsNoticedWhenItIsCalled() {
		Missing missing = LibraryLoader.create(Missing.class).load("c");
		assertThatExceptionOfType(UnsatisfiedLinkError.class).isThrownBy(() -> missing.no_such_function(0));
	}

	@Test
	void libcThatCannotMakeASession() {
		PosixSpawnSpawner spawner = new PosixSpawnSpawner(libc, Substitute.function(SpawnFunctions.class, functions,
				"posix_spawnattr_setflags", (arguments) -> Errno.EINVAL.intValue()), runtime);
		assertFailure(spawner, plan("echo_args"), ChildStep.POSIX_SPAWN, "ENOTSUP", "session");
	}

	@Test
	void errorThatClosingMayHaveMadeIsNotToldAsOneOfExec() {
		PosixSpawnSpawner spawner = new PosixSpawnSpawner(
				Substitute.function(LibcFunctions.class, libc, "syscall", (arguments) -> -1L), functions, runtime);
		Plan plan = plan("echo_args");
		plan.programs = List.of("/no/such/program");
		assertFailure(spawner, plan, ChildStep.POSIX_SPAWN, "ENOENT", "/no/such/program");
		plan.closing = DescriptorClosing.CLOSE_RANGE;
		assertFailure(spawner, plan, ChildStep.POSIX_SPAWN, "ENOTSUP", "close by CLOSE_RANGE");
	}

	public interface Missing {

		int no_such_function(int number);

	}

}
