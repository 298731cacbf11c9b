// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.event.ProcessStarted;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.NetworkAccess;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SandboxPolicy;
import io.github.subprocess.policy.SystemCallGroup;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A converter in a sandbox does its work, and nothing else that it tries. Each attempt is
 * made without a sandbox too, so that it is the sandbox that refuses it.
 */
class SandboxTests {

	private static final String JVM = String.valueOf(ProcessHandle.current().pid());

	@TempDir
	Path directory;

	private Path input;

	private Path output;

	private Path secret;

	private final List<SpawnWarning> warnings = new ArrayList<>();

	private final ProcessLauncher launcher = ProcessLauncher.builder().listener(new ProcessListener() {

		@Override
		public void onStarted(ProcessStarted event) {
			SandboxTests.this.warnings.addAll(event.process().warnings());
		}

	}).build();

	@BeforeEach
	void makeFiles() throws IOException {
		this.input = Files.writeString(Files.createDirectory(this.directory.resolve("in")).resolve("input"), "text");
		this.output = Files.createDirectory(this.directory.resolve("out")).resolve("output");
		this.secret = Files.writeString(this.directory.resolve("secret"), "secret");
	}

	@AfterEach
	void close() {
		this.launcher.close();
		assertThat(Fixture.zombies()).isEmpty();
	}

	private SandboxPolicy converter() {
		return SandboxPolicy.strict()
			.withReadPaths(List.of(this.input.getParent()))
			.withWritePaths(List.of(this.output.getParent()));
	}

	private void assume(SandboxPolicy sandbox) {
		Map<Attribute, String> obstacles = this.launcher.platform().sandbox().obstacles(sandbox);
		Assumptions.assumeTrue(obstacles.isEmpty(), obstacles::toString);
	}

	/**
	 * Convert and try, and return what came of each attempt.
	 */
	private Map<String, Errno> convert(ProcessPolicy policy, String... attempts) {
		List<String> arguments = new ArrayList<>(List.of(this.input.toString(), this.output.toString()));
		arguments.addAll(List.of(attempts));
		ProcessResult result = this.launcher.command(Fixture.program("converter"), arguments.toArray(String[]::new))
			.overrides(policy)
			.run();
		Map<String, Errno> answers = new HashMap<>();
		for (String line : result.outputLines()) {
			int equals = line.lastIndexOf('=');
			int number = Integer.parseInt(line.substring(equals + 1));
			answers.put(line.substring(0, equals), (number != 0) ? Errno.valueOf(number) : null);
		}
		assertThat(answers).hasSize(attempts.length);
		assertThat(this.output).hasContent("TEXT");
		return answers;
	}

	private Errno tryOnce(SandboxPolicy sandbox, String attempt) {
		return convert(ProcessPolicy.undecided().withSandbox(sandbox), attempt).get(attempt);
	}

	/**
	 * Try what must succeed without a sandbox and fail in one.
	 */
	private void assertRefused(SandboxPolicy sandbox, String attempt, Errno errno) {
		assume(sandbox);
		assertThat(tryOnce(SandboxPolicy.undecided(), attempt)).as(attempt + " without a sandbox").isNull();
		assertThat(tryOnce(sandbox, attempt)).as(attempt).isEqualTo(errno);
	}

	@ParameterizedTest
	@EnumSource(value = SpawnMechanism.class, names = "POSIX_SPAWN", mode = EnumSource.Mode.EXCLUDE)
	void converterDoesItsWorkAndNoMore(SpawnMechanism mechanism) {
		assume(converter());
		String read = "read:" + this.secret;
		ProcessPolicy policy = ProcessPolicy.undecided().withMechanism(mechanism).withSandbox(converter());
		assertThat(convert(policy, read, "socket:2")).containsEntry(read, Errno.EACCES)
			.containsEntry("socket:2", Errno.EAFNOSUPPORT);
		assertThat(this.warnings).isEmpty();
	}

	@Test
	void converterReadsNothingOutsideOfItsReadList() {
		assertRefused(converter(), "read:" + this.secret, Errno.EACCES);
		assertRefused(converter(), "read:/etc/passwd", Errno.EACCES);
		assertRefused(converter(), "read:/proc/" + JVM + "/status", Errno.EACCES);
		assertRefused(converter(), "list:" + this.directory, Errno.EACCES);
		assertThat(tryOnce(converter(), "read:" + this.input)).isNull();
	}

	@Test
	void linkLeadsNowhereElse() throws IOException {
		Path link = Files.createSymbolicLink(this.input.resolveSibling("link"), this.secret);
		assertRefused(converter(), "read:" + link, Errno.EACCES);
	}

	@Test
	void writeListIsNotToBeRead() {
		assertRefused(converter(), "read:" + this.output, Errno.EACCES);
	}

	@Test
	void converterWritesNothingOutsideOfItsWriteList() {
		assertRefused(converter(), "write:" + this.secret, Errno.EACCES);
		assertRefused(converter(), "write:" + this.input, Errno.EACCES);
		Path made = this.directory.resolve("made");
		assertThat(tryOnce(converter(), "write:" + made)).isEqualTo(Errno.EACCES);
		assertThat(tryOnce(converter(), "mkdir:" + made)).isEqualTo(Errno.EACCES);
		assertThat(made).doesNotExist();
		assertThat(tryOnce(converter(), "truncate:" + this.secret)).isEqualTo(Errno.EACCES);
		assertThat(tryOnce(converter(), "remove:" + this.secret)).isEqualTo(Errno.EACCES);
		assertThat(this.secret).hasContent("secret");
		assertThat(tryOnce(converter(), "mkdir:" + this.output.resolveSibling("folder"))).isNull();
	}

	@Test
	void converterExecutesNothingButTheSystem() throws IOException {
		assume(converter());
		Path program = Files.copy(Path.of(Fixture.program("exit_with")), this.output.resolveSibling("program"));
		assertThat(Files.isExecutable(program)).isTrue();
		assertThat(tryOnce(converter(), "execute:" + program)).isEqualTo(Errno.EACCES);
	}

	@Test
	void converterReachesNoServerOfTheLoopback() throws IOException {
		try (ServerSocket tcp = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
				DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			assertRefused(converter(), "connect:" + tcp.getLocalPort(), Errno.EAFNOSUPPORT);
			assertRefused(converter(), "udp:" + udp.getLocalPort(), Errno.EAFNOSUPPORT);
			assertRefused(converter(), "bind:0", Errno.EAFNOSUPPORT);
		}
	}

	@Test
	void withoutNetworkThereAreNoSocketsButThoseOfTheFileSystem() {
		SandboxPolicy none = SandboxPolicy.undecided().withNetwork(NetworkAccess.NONE);
		// AF_INET6 and AF_NETLINK
		assertRefused(none, "socket:10", Errno.EAFNOSUPPORT);
		assertRefused(none, "socket:16", Errno.EAFNOSUPPORT);
		assertThat(tryOnce(none, "socket:1")).isNull();
		assertThat(tryOnce(none, "pair:")).isNull();
		assertThat(tryOnce(none, "io_uring:")).isEqualTo(Errno.ENOSYS);
		assertThat(tryOnce(none, "read:" + this.secret)).isNull();
	}

	@Test
	void portsThatAreLeftMayBeConnectedTo() throws IOException {
		try (ServerSocket one = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
				ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			SandboxPolicy ports = SandboxPolicy.undecided().withConnectPorts(Set.of(one.getLocalPort()));
			assertRefused(ports, "connect:" + other.getLocalPort(), Errno.EACCES);
			assertThat(tryOnce(ports, "connect:" + one.getLocalPort())).isNull();
			assertThat(tryOnce(ports, "bind:0")).isNull();
			assertRefused(ports.withBindPorts(Set.of()), "bind:0", Errno.EACCES);
			assertThat(tryOnce(ports.withBindPorts(Set.of(0)), "bind:0")).isNull();
		}
	}

	@Test
	void converterCannotSignalTheJvm() {
		assertRefused(converter(), "signal:" + JVM, Errno.EPERM);
		assertRefused(SandboxPolicy.undecided().withIsolatesSignals(true), "signal:" + JVM, Errno.EPERM);
	}

	@Test
	void abstractSocketsOfOthersAreOutOfReach() {
		String name = "subprocess-test-" + JVM;
		try (ManagedProcess listener = this.launcher.command(Fixture.program("listen_abstract"), name).start()) {
			ReadyProcess.await(listener);
			assertRefused(SandboxPolicy.undecided().withIsolatesAbstractSockets(true), "abstract:" + name, Errno.EPERM);
		}
	}

	@Test
	void deniedGroupsOfSystemCallsFail() {
		assertThat(tryOnce(SandboxPolicy.undecided(), "io_uring:")).isNotEqualTo(Errno.ENOSYS);
		SandboxPolicy all = SandboxPolicy.undecided().withDeniedSystemCalls(Set.of(SystemCallGroup.values()));
		assume(all);
		Map<String, Errno> answers = convert(ProcessPolicy.undecided().withSandbox(all), "unshare:", "keyctl:",
				"io_uring:", "ptrace:" + JVM);
		assertThat(answers).containsEntry("unshare:", Errno.EPERM)
			.containsEntry("keyctl:", Errno.EPERM)
			.containsEntry("io_uring:", Errno.ENOSYS)
			.containsEntry("ptrace:" + JVM, Errno.EPERM);
	}

	@Test
	void programsOfTheSystemRun() {
		assume(SandboxPolicy.strict());
		ProcessResult result = this.launcher.command("sh", "-c", "echo $(echo a | tr a b; ls / >/dev/null || echo no)")
			.overrides(ProcessPolicy.undecided().withSandbox(SandboxPolicy.strict()))
			.run();
		assertThat(result.outputLines()).containsExactly("b no");
	}

	@Test
	void programWithARelativeNameIsLookedForWhereItStarts() throws IOException {
		assume(SandboxPolicy.strict());
		Path program = Files.copy(Path.of(Fixture.program("exit_with")), this.directory.resolve("program"));
		assertThat(Files.isExecutable(program)).isTrue();
		this.launcher.command("./program", "0")
			.workingDirectory(this.directory)
			.overrides(ProcessPolicy.undecided().withSandbox(SandboxPolicy.strict()))
			.run();
	}

	@Test
	void sandboxMeansNoNewPrivileges() {
		assume(converter());
		ProcessPolicy contradiction = ProcessPolicy.undecided().withSandbox(converter()).withNoNewPrivileges(false);
		assertThatIllegalArgumentException().isThrownBy(() -> convert(contradiction))
			.withMessageContaining("no-new-privileges");
		SandboxPolicy network = SandboxPolicy.undecided().withNetwork(NetworkAccess.NONE);
		assertThat(this.launcher.command("grep", "-E", "NoNewPrivs|Seccomp:", "/proc/self/status")
			.overrides(ProcessPolicy.undecided().withSandbox(network))
			.run()
			.outputLines()).containsExactly("NoNewPrivs:\t1", "Seccomp:\t2");
	}

	@Test
	void pathThatIsMissingFailsTheStart() {
		assume(converter());
		SandboxPolicy sandbox = converter().withReadPaths(List.of(Path.of("/no/such/folder")));
		ProcessStartException ex = catchThrowableOfType(ProcessStartException.class,
				() -> convert(ProcessPolicy.undecided().withSandbox(sandbox)));
		assertThat(ex.step()).isEqualTo("landlock-rules");
		assertThat(ex.errnoName()).isEqualTo("ENOENT");
		assertThat(ex.subject()).isEqualTo("/no/such/folder");
	}

	@Test
	void jvmStillEndsWhatIsInASandbox() {
		assume(SandboxPolicy.strict());
		try (ManagedProcess process = this.launcher.command("sleep", "600")
			.overrides(ProcessPolicy.undecided().withSandbox(SandboxPolicy.strict()))
			.start()) {
			process.destroy();
			assertThat(process.result().orTimeout(1, TimeUnit.MINUTES).join().status())
				.isEqualTo(new ExitStatus.Signalled(ProcessSignal.TERM.number(), false));
		}
	}

	@ParameterizedTest
	@EnumSource(value = Attribute.class, names = "SANDBOX_.*", mode = EnumSource.Mode.MATCH_ALL)
	void everyPartHasItsAttribute(Attribute part) {
		assertThat(SandboxPolicy.strict().parts()).contains(part);
		assertThat(new SandboxSupport(100, true).obstacle(part)).isNull();
		assertThat(SandboxSupport.none().obstacle(part)).contains("there ");
	}

}
