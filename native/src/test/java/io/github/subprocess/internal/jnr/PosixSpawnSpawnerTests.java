// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.ExitStatus;
import io.github.subprocess.Fixture;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.internal.jnr.SystemCallFilter.Call;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.DescriptorMapping;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs are started without the native core as the core would start them.
 */
class PosixSpawnSpawnerTests extends AbstractPosixSpawnTests {

	private static final long SIG_IGN = 1;

	@Test
	void programIsStartedWithItsArguments() throws Exception {
		Outcome outcome = run(plan("echo_args", "first", "", "ä \uD83D\uDE00"));
		assertThat(outcome.lines()).containsExactly("first", "", "ä \uD83D\uDE00");
		assertThat(outcome.exit().status()).isEqualTo(new ExitStatus.Exited(0));
		assertThat(outcome.child().program()).isEqualTo(Fixture.program("echo_args"));
		assertThat(outcome.child().mechanism()).isEqualTo(SpawnMechanism.POSIX_SPAWN);
		assertThat(outcome.child().closing()).isEqualTo(DescriptorClosing.CLOSE_RANGE);
		assertThat(outcome.child().warnings()).isEmpty();
	}

	@Test
	void environmentIsThatOfThePlanAlone() throws Exception {
		Plan plan = plan("print_env");
		plan.environment = List.of("B=2", "A=x=y", "EMPTY=");
		assertThat(run(plan).lines()).containsExactly("B=2", "A=x=y", "EMPTY=");
		plan.environment = List.of();
		assertThat(run(plan).lines()).isEmpty();
	}

	@Test
	void candidatesAreTriedInTurn(@TempDir Path directory) throws Exception {
		Path unexecutable = Files.writeString(directory.resolve("echo_args"), "");
		Plan plan = plan("echo_args", "found");
		plan.programs = List.of("/no/such/echo_args", "/etc/passwd/echo_args", unexecutable.toString(),
				Fixture.program("echo_args"));
		Outcome outcome = run(plan);
		assertThat(outcome.lines()).containsExactly("found");
		assertThat(outcome.child().program()).isEqualTo(Fixture.program("echo_args"));
	}

	@Test
	void programThatIsMissing() {
		Plan plan = plan("echo_args");
		plan.programs = List.of("/no/such/program");
		assertFailure(plan, ChildStep.EXEC, "ENOENT", "/no/such/program");
		plan.programs = List.of("/no/such/program", "/nor/such/a/program");
		assertFailure(plan, ChildStep.EXEC, "ENOENT", "echo_args (tried /no/such/program, /nor/such/a/program)");
	}

	@Test
	void programWithoutAPathIsNotSearchedFor() {
		Plan plan = plan("echo_args");
		plan.programs = List.of("ls");
		plan.environment = List.of("PATH=/bin:/usr/bin");
		assertFailure(plan, ChildStep.EXEC, "ENOENT", "ls");
	}

	@Test
	void programThatMayNotBeRunOutdoesOneThatIsMissing(@TempDir Path directory) throws IOException {
		Path unexecutable = Files.writeString(directory.resolve("program"), "");
		Plan plan = plan("echo_args");
		plan.programs = List.of("/no/such/program", unexecutable.toString(), "/nor/such/a/program");
		assertFailure(plan, ChildStep.EXEC, "EACCES", unexecutable.toString());
	}

	@Test
	void scriptWithoutInterpreterIsNotGivenToAShell(@TempDir Path directory) throws IOException {
		Path script = Files.writeString(directory.resolve("script"), "echo run by a shell\n");
		assertThat(script.toFile().setExecutable(true)).isTrue();
		Plan plan = plan("echo_args");
		plan.programs = List.of(script.toString(), Fixture.program("echo_args"));
		assertFailure(plan, ChildStep.EXEC, "ENOEXEC", script.toString());
	}

	@Test
	void programThatStaysBusy(@TempDir Path directory) throws IOException {
		Path busy = Files.copy(Path.of(Fixture.program("echo_args")), directory.resolve("busy"),
				StandardCopyOption.COPY_ATTRIBUTES);
		Plan plan = plan("echo_args");
		plan.programs = List.of(busy.toString());
		try (FileChannel writer = FileChannel.open(busy, StandardOpenOption.WRITE)) {
			assertThat(writer.isOpen()).isTrue();
			assertFailure(plan, ChildStep.EXEC, "ETXTBSY", busy.toString());
		}
	}

	@Test
	void argumentsThatAreTooLong() {
		Plan plan = plan("echo_args", "x".repeat(200_000));
		assertFailure(plan, ChildStep.EXEC, "E2BIG",
				Fixture.program("echo_args") + ": argument 1 has 200001 bytes, more than 131072");
	}

	@Test
	void workingDirectoryIsEntered(@TempDir Path directory) throws Exception {
		Plan plan = plan("print_ids");
		plan.workingDirectory = directory.toRealPath().toString();
		assertThat(ids(run(plan))).containsEntry("cwd", directory.toRealPath().toString());
		plan.workingDirectory = null;
		assertThat(ids(run(plan))).containsEntry("cwd", Path.of("").toRealPath().toString());
	}

	@Test
	void relativeProgramIsFoundFromTheWorkingDirectory(@TempDir Path directory) throws Exception {
		Files.copy(Path.of(Fixture.program("echo_args")), directory.resolve("mine"),
				StandardCopyOption.COPY_ATTRIBUTES);
		Plan plan = plan("echo_args", "here");
		plan.programs = List.of("./mine");
		plan.workingDirectory = directory.toString();
		assertThat(run(plan).lines()).containsExactly("here");
	}

	@Test
	void workingDirectoryFailsAsItself(@TempDir Path directory) throws IOException {
		Plan plan = plan("echo_args");
		plan.programs = List.of("/no/such/program");
		plan.workingDirectory = directory + "/missing";
		assertFailure(plan, ChildStep.CHDIR, "ENOENT", directory + "/missing");
		plan.workingDirectory = Files.writeString(directory.resolve("file"), "").toString();
		assertFailure(plan, ChildStep.CHDIR, "ENOTDIR", directory + "/file");
		plan.workingDirectory = "";
		assertFailure(plan, ChildStep.CHDIR, "ENOENT", "");
		plan.workingDirectory = directory.toString();
		assertFailure(plan, ChildStep.EXEC, "ENOENT", "/no/such/program");
	}

	@ParameterizedTest
	@EnumSource
	void sessionAndGroupAreThoseOfThePlan(SessionMode session) throws Exception {
		Plan plan = plan("print_ids");
		plan.session = SessionMode.INHERIT;
		Map<String, String> inherited = ids(run(plan));
		plan.session = session;
		Outcome outcome = run(plan);
		Map<String, String> ids = ids(outcome);
		String pid = String.valueOf(outcome.child().pid());
		assertThat(ids).containsEntry("pid", pid)
			.containsEntry("ppid", String.valueOf(ProcessHandle.current().pid()))
			.containsEntry("pgid", (session != SessionMode.INHERIT) ? pid : inherited.get("pgid"))
			.containsEntry("sid", (session == SessionMode.NEW_SESSION) ? pid : inherited.get("sid"));
		assertThat(inherited.get("pgid")).isEqualTo(String.valueOf(libc.getpgid(0)));
	}

	@Test
	void groupIsJoined() throws Exception {
		Plan leader = plan("fork_tree", "1");
		leader.session = SessionMode.PROCESS_GROUP;
		try (Running running = start(leader)) {
			running.awaitLine("ready");
			Plan plan = plan("print_ids");
			plan.session = SessionMode.PROCESS_GROUP;
			plan.processGroup = running.child.pid();
			assertThat(ids(run(plan))).containsEntry("pgid", String.valueOf(running.child.pid()));
		}
	}

	@Test
	void groupThatIsGone() {
		Plan plan = plan("print_ids");
		plan.session = SessionMode.PROCESS_GROUP;
		plan.processGroup = 2_000_000_000;
		assertFailure(plan, ChildStep.POSIX_SPAWN, "EPERM", Fixture.program("print_ids"));
	}

	@Test
	void errorsThatOthersThanExecMayMakeAreNotToldAsThoseOfExec() throws Exception {
		Plan plan = plan("print_ids");
		new SystemCallFilter().refuse(Call.SETSID, Errno.EPERM).call(() -> {
			assertFailure(plan, ChildStep.POSIX_SPAWN, "EPERM", Fixture.program("print_ids"));
			return true;
		});
		new SystemCallFilter().refuse(Call.CLONE3, Errno.ENOSYS).refuse(Call.CLONE, Errno.EAGAIN).call(() -> {
			assertFailure(plan, ChildStep.POSIX_SPAWN, "EAGAIN", Fixture.program("print_ids"));
			return true;
		});
	}

	@Test
	void noSignalIsIgnoredOrBlocked() throws Exception {
		Map<String, String> ids = ids(run(plan("print_ids")));
		assertThat(ids).containsEntry("ignored", "0".repeat(16)).containsEntry("blocked", "0".repeat(16));
	}

	@Test
	void ignoredSignalsAreKeptWhereThePlanSaysSo() throws Exception {
		int signal = ProcessSignal.WINCH.number();
		long before = TestDescriptors.TEST_LIBC.signal(signal, SIG_IGN);
		try {
			Plan plan = plan("print_ids");
			assertThat(ids(run(plan))).containsEntry("ignored", "0".repeat(16));
			plan.attributes = ChildAttributes.builder().keepsIgnoredSignals(true).build();
			Map<String, String> ids = ids(run(plan));
			// whoever runs the tests in the background has more ignored
			assertThat(Long.parseUnsignedLong(ids.get("ignored"), 16) & (1L << (signal - 1))).isNotZero();
			assertThat(ids).containsEntry("blocked", "0".repeat(16));
		}
		finally {
			TestDescriptors.TEST_LIBC.signal(signal, before);
		}
	}

	@Test
	void childWithoutAPidfdDoesNotLiveOn() throws Exception {
		int nowhere = this.io.openForWriting(Path.of("/dev/null"), true);
		this.opened.add(nowhere);
		Plan plan = plan("ignore_sigterm");
		plan.descriptors = List.of(new DescriptorMapping(nowhere, 1));
		Set<String> before = Fixture.openDescriptors();
		new SystemCallFilter().refuse(Call.PIDFD_OPEN, Errno.EMFILE).call(() -> {
			assertFailure(plan, ChildStep.PIDFD, "EMFILE", null);
			return true;
		});
		assertThat(children()).isEmpty();
		assertThat(Fixture.zombies()).isEmpty();
		assertThat(Fixture.openDescriptors()).isEqualTo(before);
	}

	private static List<ProcessHandle> children() {
		return ProcessHandle.current()
			.children()
			.filter((child) -> child.info().command().orElse("").startsWith(Fixture.program("")))
			.toList();
	}

	@Test
	void nothingIsLeftOfAThousandFailures(@TempDir Path directory) throws Exception {
		Plan missing = plan("echo_args");
		missing.programs = List.of("/no/such/program", "/nor/such/a/program");
		missing.workingDirectory = directory.toString();
		missing.descriptors = List.of(new DescriptorMapping(1, 2), new DescriptorMapping(2, 1));
		Plan nowhere = plan("echo_args");
		nowhere.workingDirectory = "/no/such/directory";
		nowhere.descriptors = missing.descriptors;
		Plan refused = plan("echo_args");
		refused.descriptors = List.of(new DescriptorMapping(1, 2), new DescriptorMapping(2, 70_000));
		refused.workingDirectory = "/";
		assertFailure(missing, ChildStep.EXEC, "ENOENT", null);
		Set<String> before = Fixture.openDescriptors();
		for (int i = 0; i < 334; i++) {
			assertFailure(missing, ChildStep.EXEC, "ENOENT", null);
			assertFailure(nowhere, ChildStep.CHDIR, "ENOENT", null);
			assertFailure(refused, ChildStep.POSIX_SPAWN, "ENOTSUP", null);
		}
		assertThat(Fixture.openDescriptors()).isEqualTo(before);
		assertThat(Fixture.zombies()).isEmpty();
	}

	@Test
	void manyThreadsAtOnceHaveTheirOwnChildren() throws Exception {
		Set<String> before = Fixture.openDescriptors();
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			List<Callable<Void>> tasks = IntStream.range(0, 8).mapToObj((thread) -> (Callable<Void>) () -> {
				for (int i = 0; i < 50; i++) {
					String text = thread + " " + i;
					assertThat(run(plan("echo_args", text)).lines()).containsExactly(text);
					assertThat(run(plan("print_fds")).lines()).containsExactly("0", "1", "2");
				}
				return null;
			}).toList();
			for (Future<Void> future : executor.invokeAll(tasks)) {
				future.get();
			}
		}
		finally {
			executor.shutdown();
		}
		assertThat(Fixture.zombies()).isEmpty();
		assertThat(Fixture.openDescriptors()).isEqualTo(before);
	}

}
