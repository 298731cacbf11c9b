// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.Fixture;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.internal.jnr.SystemCallFilter.Call;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.Resource;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.ChildSandbox;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SandboxPath;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.Spawner;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.subprocess.internal.jnr.TestPlan.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Every step of a birth fails once, and the failure names it, its errno and the guilty
 * argument. What the platform refuses only to others is refused by a filter of system
 * calls.
 */
class StepFailureTests {

	private static final int CLONE_PIDFD = 0x1000;

	private static final int CLOSE_RANGE_UNSHARE = 2;

	private static final int F_GETFL = 3;

	private static final int F_DUPFD_CLOEXEC = 1030;

	private static final int O_WRONLY_CLOEXEC = 02000001;

	private static final int PR_SET_PDEATHSIG = 1;

	private static final int PR_SET_NO_NEW_PRIVS = 38;

	private static final int SIG_SETMASK = 2;

	/**
	 * What a child writes at once to tell of a step.
	 */
	private static final int RECORD_SIZE = 16;

	/**
	 * More than the kernel ever allows to one process (fs.nr_open).
	 */
	private static final long TOO_MANY_FILES = Integer.MAX_VALUE;

	private static final ChildSandbox WITHOUT_NETWORK = new ChildSandbox(null, true, null, null, false, false,
			Set.of());

	private static final int NO_TERMINAL = TestDescriptors.openInheritable(3);

	private final OperatingSystem system = JnrOperatingSystem.load(null);

	private final Spawner spawner = this.system.spawner();

	private Set<String> descriptorsBefore;

	@BeforeEach
	void look() throws Exception {
		// classes are loaded here, and not where opening a file is refused
		end(this.spawner.spawn(plan().build()));
		catchThrowableOfType(SpawnFailure.class, () -> this.spawner.spawn(plan().program("/no/such/program").build()));
		this.descriptorsBefore = Fixture.openDescriptors();
	}

	@AfterEach
	void nothingIsLeft() {
		assertThat(Fixture.zombies()).isEmpty();
		assertThat(Fixture.openDescriptors()).isEqualTo(this.descriptorsBefore);
	}

	@ParameterizedTest
	@MethodSource("rows")
	void stepIsNamedWithItsErrorAndItsArgument(Row row) throws Exception {
		assumeSandbox(row.plan().attributes().sandbox());
		SpawnFailure failure = fail(row.filter(), row.plan());
		assertThat(failure.step()).isEqualTo(row.step());
		assertThat(failure.errnoName()).isEqualTo((row.errno() != null) ? row.errno().name() : "none");
		assertThat(failure.subject()).isEqualTo(row.subject());
	}

	@Test
	void everyStepHasARow() {
		Set<ChildStep> missing = EnumSet.allOf(ChildStep.class);
		rows().forEach((row) -> missing.remove(row.step()));
		assertThat(missing).isEmpty();
	}

	static Stream<Row> rows() {
		SpawnPlan plain = plan().build();
		return Stream
			.of(new Row(ChildStep.REQUEST, Errno.EBADF, "descriptor 4000 as 1", none(),
					plan().descriptors(new DescriptorMapping(0, 0), new DescriptorMapping(4000, 1)).build()),
					new Row(ChildStep.ERROR_PIPE, Errno.EMFILE, null, none().refuse(Call.PIPE2, Errno.EMFILE),
							plan().mechanism(SpawnMechanism.FORK).build()),
					new Row(ChildStep.BIRTH, Errno.EAGAIN, null,
							none().refuse(Call.CLONE3, Errno.EAGAIN).refuse(Call.CLONE, Errno.EAGAIN), plain),
					new Row(ChildStep.PIDFD, Errno.EMFILE, null,
							none().refuse(Call.CLONE3, Errno.ENOSYS)
								.refuseFlag(Call.CLONE, 0, CLONE_PIDFD, Errno.EINVAL)
								.refuse(Call.PIDFD_OPEN, Errno.EMFILE),
							plain),
					new Row(ChildStep.POSIX_SPAWN, Errno.EPERM, Fixture.program("exit_with"),
							none().refuse(Call.SETSID, Errno.EPERM),
							plan().session(SessionMode.NEW_SESSION, 0).mechanism(SpawnMechanism.POSIX_SPAWN).build()),
					new Row(ChildStep.POSIX_SPAWN, Errno.ENOTSUP, "nice", none(),
							plan().attributes(ChildAttributes.builder().nice(5))
								.mechanism(SpawnMechanism.POSIX_SPAWN)
								.build()),
					new Row(ChildStep.TABLE, Errno.ENOMEM, null,
							none().refuse(Call.CLOSE_RANGE, 2, CLOSE_RANGE_UNSHARE, Errno.ENOMEM),
							plan().closing(DescriptorClosing.UNSHARE).build()),
					new Row(ChildStep.DESCRIPTORS, Errno.EBADF, "descriptor 0 as 100000000", none(),
							plan().descriptors(new DescriptorMapping(0, 100_000_000)).build()),
					new Row(ChildStep.DESCRIPTORS, Errno.EINVAL,
							"error pipe, cgroup or rules of Landlock, in the way of a descriptor", none().refuse(
									Call.FCNTL, 1, F_DUPFD_CLOEXEC, Errno.EINVAL),
							plan().descriptors(everyNumberOfTheErrorPipe()).mechanism(SpawnMechanism.FORK).build()),
					new Row(ChildStep.BLOCKING, Errno.EPERM, "descriptor 0",
							none().refuse(Call.FCNTL, 1, F_GETFL, Errno.EPERM), plain),
					new Row(ChildStep.SESSION, Errno.EPERM, null, none().refuse(Call.SETSID, Errno.EPERM),
							plan().session(SessionMode.NEW_SESSION, 0).build()),
					new Row(ChildStep.BIRTH, Errno.ENOMEM, null, none().refuse(Call.CLONE3, Errno.ENOMEM), plain),
					new Row(ChildStep.PROCESS_GROUP, Errno.EPERM, "group 2147483647", none(),
							plan().session(SessionMode.PROCESS_GROUP, Integer.MAX_VALUE).build()),
					new Row(ChildStep.TERMINAL, Errno.ENOTTY, "descriptor 0", none(),
							plan().session(SessionMode.NEW_SESSION, 0)
								.descriptors(new DescriptorMapping(NO_TERMINAL, 0))
								.attributes(ChildAttributes.builder().controllingTerminal(0))
								.build()),
					new Row(ChildStep.CGROUP, Errno.ENOENT, "/tmp", none(),
							plan().attributes(ChildAttributes.builder().cgroup("/tmp")).build()),
					new Row(ChildStep.CGROUP, Errno.ENOENT, "/no/such/cgroup", none(),
							plan().attributes(ChildAttributes.builder().cgroup("/no/such/cgroup")).build()),
					new Row(ChildStep.LIMITS, Errno.EPERM, "OPEN_FILES " + TOO_MANY_FILES, none(), plan()
						.attributes(
								ChildAttributes.builder().limits(Map.of(Resource.OPEN_FILES, Limit.of(TOO_MANY_FILES))))
						.build()),
					new Row(ChildStep.NICE, Errno.EACCES, "-5", none().refuse(Call.SETPRIORITY,
							Errno.EACCES), plan().attributes(ChildAttributes.builder().nice(-5)).build()),
					new Row(ChildStep.AUTOGROUP, Errno.EACCES, "5", none().refuse(Call.OPENAT, 2, O_WRONLY_CLOEXEC,
							Errno.EACCES),
							plan().session(SessionMode.NEW_SESSION, 0)
								.attributes(ChildAttributes.builder().nice(5))
								.build()),
					new Row(ChildStep.OOM_SCORE, Errno.EACCES, "-500",
							none().refuse(Call.OPENAT, 2, O_WRONLY_CLOEXEC, Errno.EACCES),
							plan().attributes(ChildAttributes.builder().oomScore(-500)).build()),
					new Row(ChildStep.AFFINITY, Errno.EINVAL, "processors [4000]", none(),
							plan().attributes(ChildAttributes.builder().affinity(Set.of(4000))).build()),
					new Row(ChildStep.UMASK, Errno.EPERM, "0027", none().refuse(Call.UMASK, Errno.EPERM),
							plan().attributes(ChildAttributes.builder().umask(027)).build()),
					new Row(ChildStep.CHDIR, Errno.ENOENT, "/no/such/directory", none(),
							plan().workingDirectory("/no/such/directory").build()),
					new Row(ChildStep.CHDIR, Errno.ENOTDIR, "/etc/passwd", none(),
							plan().workingDirectory("/etc/passwd").build()),
					new Row(ChildStep.GROUPS, Errno.EPERM, "no groups", none().refuse(Call.SETGROUPS, Errno.EPERM),
							plan().attributes(ChildAttributes.builder().groups(List.of())).build()),
					new Row(ChildStep.GROUP_ID, Errno.EPERM, "65534", none().refuse(Call.SETRESGID, Errno.EPERM),
							plan().attributes(ChildAttributes.builder().group(65534L)).build()),
					new Row(ChildStep.USER_ID, Errno.EPERM, "4294967294",
							none().refuse(Call.SETRESUID, Errno.EPERM).refuse(Call.SETGROUPS, Errno.EPERM),
							plan()
								.attributes(ChildAttributes.builder()
									.user(4294967294L)
									.groups(List.of())
									.bestEffort(Set.of(Attribute.GROUPS)))
								.build()),
					new Row(ChildStep.DEATH_SIGNAL, Errno.EPERM, "SIGKILL",
							none().refuse(Call.PRCTL, 0, PR_SET_PDEATHSIG, Errno.EPERM),
							plan().attributes(ChildAttributes.builder().deathSignal(ProcessSignal.KILL)).build()),
					new Row(ChildStep.NO_NEW_PRIVILEGES, Errno.EPERM, null,
							none().refuse(Call.PRCTL, 0, PR_SET_NO_NEW_PRIVS, Errno.EPERM),
							plan().attributes(ChildAttributes.builder().noNewPrivileges(true)).build()),
					new Row(ChildStep.CLOSE, Errno.EPERM, "by CLOSE_RANGE",
							none().refuse(Call.CLOSE_RANGE, Errno.EPERM),
							plan().closing(DescriptorClosing.CLOSE_RANGE).build()),
					new Row(ChildStep.LANDLOCK_RULES, Errno.ENOENT, "/no/such/folder", none(),
							plan().attributes(ChildAttributes.builder().sandbox(files("/", "/no/such/folder")))
								.build()),
					new Row(ChildStep.LANDLOCK_RULES, Errno.EPERM, null,
							none().refuse(Call.LANDLOCK_CREATE_RULESET, Errno.EPERM),
							plan().attributes(ChildAttributes.builder().sandbox(files("/"))).build()),
					new Row(ChildStep.LANDLOCK, Errno.EPERM, null,
							none().refuse(Call.LANDLOCK_RESTRICT_SELF, Errno.EPERM),
							plan().attributes(ChildAttributes.builder().sandbox(files("/"))).build()),
					new Row(ChildStep.SECCOMP, Errno.EPERM, null, none().refuse(Call.SECCOMP, Errno.EPERM),
							plan().attributes(ChildAttributes.builder().sandbox(WITHOUT_NETWORK)).build()),
					new Row(ChildStep.SIGNALS, Errno.EPERM, "SIGHUP", none().refuse(Call.RT_SIGACTION, Errno.EPERM),
							plain),
					new Row(ChildStep.SIGNAL_MASK, Errno.EPERM, null,
							none().refuse(Call.RT_SIGPROCMASK, 0, SIG_SETMASK, Errno.EPERM), plain),
					new Row(ChildStep.EXEC, Errno.ENOENT, "/no/such/program", none(),
							plan().program("/no/such/program").build()),
					new Row(ChildStep.EXEC, Errno.EACCES, "/etc/passwd", none(), plan().program("/etc/passwd").build()),
					new Row(ChildStep.EXEC, Errno.ENOTDIR, "/etc/passwd/program", none(),
							plan().program("/etc/passwd/program").build()),
					new Row(ChildStep.EXEC, Errno.ENAMETOOLONG, "/" + "x".repeat(300), none(),
							plan().program("/" + "x".repeat(300)).build()),
					new Row(ChildStep.EXEC, Errno.E2BIG,
							Fixture.program("exit_with") + ": argument 1 has 200001 bytes, more than 131072", none(),
							plan().program(Fixture.program("exit_with"), "x".repeat(200_000)).build()),
					new Row(ChildStep.LOST, null, "ended in step birth",
							none().refuse(Call.WRITE, 2, RECORD_SIZE, Errno.EIO),
							plan().mechanism(SpawnMechanism.FORK).build()),
					new Row(ChildStep.LOST, null, "killed by SIGSYS in step session", none().kill(Call.SETSID),
							plan().session(SessionMode.NEW_SESSION, 0).build()));
	}

	@Test
	void bestEffortGoesOnAndTells() throws Exception {
		SpawnPlan plan = plan().session(SessionMode.NEW_SESSION, 0)
			.attributes(ChildAttributes.builder()
				.nice(-5)
				.umask(027)
				.cgroup("/no/such/cgroup")
				.limits(Map.of(Resource.OPEN_FILES, Limit.of(TOO_MANY_FILES)))
				.bestEffort(Set.of(Attribute.NICE, Attribute.UMASK, Attribute.CGROUP, Attribute.LIMITS)))
			.build();
		SpawnedChild child = none().refuse(Call.SETPRIORITY, Errno.EACCES)
			.refuse(Call.UMASK, Errno.EPERM)
			.call(() -> this.spawner.spawn(plan));
		end(child);
		assertThat(child.warnings()).extracting("step", "errnoName", "subject")
			.containsExactly(tuple("cgroup", "ENOENT", "/no/such/cgroup"), tuple("nice", "EACCES", "-5"),
					tuple("umask", "EPERM", "0027"), tuple("limits", "EPERM", "OPEN_FILES " + TOO_MANY_FILES));
	}

	@Test
	void tableThatCannotBeLeftIsCopied() throws Exception {
		SpawnedChild child = none().refuse(Call.CLOSE_RANGE, 2, CLOSE_RANGE_UNSHARE, Errno.ENOMEM)
			.call(() -> this.spawner.spawn(plan().build()));
		end(child);
		assertThat(child.closing()).isEqualTo(DescriptorClosing.CLOSE_RANGE);
	}

	@ParameterizedTest
	@EnumSource(names = { "KILL", "STOP" })
	void signalThatNobodyCanIgnoreNeedsNoReset(ProcessSignal signal) throws Exception {
		end(none().refuse(Call.RT_SIGACTION, 0, signal.number(), Errno.EPERM)
			.call(() -> this.spawner.spawn(plan().build())));
	}

	@ParameterizedTest
	@EnumSource
	void moreTextThanCanBeCountedIsRefusedBeforeItIsCopied(SpawnMechanism mechanism) {
		String[] arguments = Collections.nCopies(20_000, "x".repeat(120_000)).toArray(String[]::new);
		SpawnPlan plan = plan().program(Fixture.program("exit_with"), arguments).mechanism(mechanism).build();
		assertThatExceptionOfType(SpawnFailure.class).isThrownBy(() -> this.spawner.spawn(plan))
			.satisfies((failure) -> {
				assertThat(failure.step()).isEqualTo(ChildStep.EXEC);
				assertThat(failure.errnoName()).isEqualTo("E2BIG");
				assertThat(failure.subject()).startsWith(Fixture.program("exit_with") + ": 20000 arguments and ")
					.matches(".* have 24000\\d{5} bytes together");
			});
	}

	private SpawnFailure fail(SystemCallFilter filter, SpawnPlan plan) throws Exception {
		return filter.call(() -> {
			try {
				end(this.spawner.spawn(plan));
				return null;
			}
			catch (SpawnFailure ex) {
				return ex;
			}
		});
	}

	private void end(SpawnedChild child) {
		TestDescriptors.end(this.system, child);
	}

	/**
	 * Return mappings that leave no number below theirs to the error pipe.
	 */
	private static DescriptorMapping[] everyNumberOfTheErrorPipe() {
		return IntStream.range(0, 256)
			.mapToObj((target) -> new DescriptorMapping(0, target))
			.toArray(DescriptorMapping[]::new);
	}

	private void assumeSandbox(@Nullable ChildSandbox sandbox) {
		if (sandbox != null) {
			sandbox.parts()
				.forEach((part) -> Assumptions.assumeTrue(this.system.platform().sandbox().obstacle(part) == null,
						part.name()));
		}
	}

	private static ChildSandbox files(String... paths) {
		return new ChildSandbox(
				Stream.of(paths).map((path) -> new SandboxPath(path, true, false, true, false)).toList(), false, null,
				null, false, false, Set.of());
	}

	private static SystemCallFilter none() {
		return new SystemCallFilter();
	}

	/**
	 * One failure.
	 */
	record Row(ChildStep step, @Nullable Errno errno, @Nullable String subject, SystemCallFilter filter,
			SpawnPlan plan) {

		@Override
		public String toString() {
			return this.step.text() + ((this.subject != null) ? " " + this.subject : "");
		}

	}

}
