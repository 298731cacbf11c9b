// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.policy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.subprocess.LaunchRefusedException;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessInterruptedException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.ProcessTimeoutException;
import io.github.subprocess.RejectionReason;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.SpawnWarning;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import io.github.subprocess.boot.autoconfigure.observation.SubprocessObservationAutoConfiguration;
import io.github.subprocess.boot.observation.SubprocessObservationContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import jnr.ffi.LibraryLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sun.misc.Signal;
import sun.misc.SignalHandler;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What is written below {@code subprocess.policy} is what a child sees: looked at from
 * inside of it, key by key.
 */
@Timeout(60)
class PolicyKeyEffectTests {

	private static final String PREFIX = "subprocess.policy.p.";

	private static final int F_GETPIPE_SZ = 1032;

	private static final Libc LIBC = LibraryLoader.create(Libc.class).load("c");

	private static final int INHERITABLE = LIBC.dup(0);

	private static final Map<String, Row> rows = new LinkedHashMap<>();

	static {
		row("command", "/bin/echo,said",
				(launcher) -> assertThat(launcher.policy("p").run().outputText()).isEqualTo("said\n"));
		row("base", "q", (launcher) -> assertThat(sh(launcher, "echo $A")).isEqualTo("from q"),
				"subprocess.policy.q.environment.set.A=from q");
		row("mechanism", "fork", (launcher) -> assertThat(launcher.command("true").policy("p").run().mechanism())
			.isEqualTo(SpawnMechanism.FORK));
		row("umask", "0027", (launcher) -> assertThat(sh(launcher, "umask")).isEqualTo("0027"));
		row("death-signal", "usr1", (launcher) -> {
			assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not there");
			assertThat(launcher.command("/usr/bin/setpriv", "--dump").policy("p").run().outputText())
				.contains("death signal: USR1");
		});
		row("no-new-privileges", "true",
				(launcher) -> assertThat(sh(launcher, "grep NoNewPrivs /proc/self/status")).endsWith("1"));
		row("ignored-signals", "keep", PolicyKeyEffectTests::ignoredSignalStaysIgnored);
		row("cgroup.join", "/no/such/cgroup",
				(launcher) -> assertThatExceptionOfType(ProcessStartException.class)
					.isThrownBy(() -> sh(launcher, "true"))
					.satisfies((failure) -> assertThat(failure.step()).isEqualTo("cgroup")),
				"subprocess.validate=warn");
		row("cgroup.parent", CgroupKeyEffects.PARENT.toString(), CgroupKeyEffects::isMade, "subprocess.validate=warn");
		cgroupLimit("memory-max", "64MB", "memory.max", "67108864");
		cgroupLimit("memory-high", "32MB", "memory.high", "33554432");
		cgroupLimit("swap-max", "0B", "memory.swap.max", "0");
		cgroupLimit("cpu-max", "1.5", "cpu.max", "150000 100000");
		cgroupLimit("cpu-weight", "50", "cpu.weight", "50");
		cgroupLimit("io-weight", "50", "io.weight", "default 50");
		cgroupLimit("pids-max", "7", "pids.max", "7");
		cgroupLimit("files.[hugetlb.2MB.max]", "4194304", "hugetlb.2MB.max", "4194304");
		row("best-effort", "cgroup", (launcher) -> {
			try (ManagedProcess process = launcher.command("true").policy("p").start()) {
				assertThat(process.snapshot().warnings()).extracting(SpawnWarning::step).containsExactly("cgroup");
			}
		}, PREFIX + "cgroup.join=/no/such/cgroup");
		row("descriptors.mode", "inherit-all", (launcher) -> assertThat(sh(launcher, "ls /proc/self/fd").split("\n"))
			.contains(String.valueOf(INHERITABLE)));
		row("descriptors.keep", String.valueOf(INHERITABLE),
				(launcher) -> assertThat(sh(launcher, "ls /proc/self/fd").split("\n"))
					.contains(String.valueOf(INHERITABLE))
					.hasSizeLessThanOrEqualTo(5));
		row("descriptors.map.9", String.valueOf(INHERITABLE),
				(launcher) -> assertThat(
						sh(launcher, "readlink /proc/self/fd/9; ! test -e /proc/self/fd/" + INHERITABLE))
					.isEqualTo(target(INHERITABLE)));
		row("session", "process-group",
				(launcher) -> assertThat(sh(launcher, "cut -d' ' -f5,6 /proc/$$/stat; echo $$").split("\\s"))
					.satisfies((words) -> assertThat(words[0]).isEqualTo(words[2]))
					.satisfies((words) -> assertThat(words[1]).isNotEqualTo(words[2])));
		row("working-directory", "/proc", (launcher) -> assertThat(sh(launcher, "pwd")).isEqualTo("/proc"));
		row("environment.inherit", "HOM*",
				(launcher) -> assertThat(sh(launcher, "env | grep -c ^HOME=; env | grep -c ^USER=; true"))
					.isEqualTo("1\n0"));
		row("environment.set.GREETING", "hello world",
				(launcher) -> assertThat(sh(launcher, "echo \"$GREETING\"")).isEqualTo("hello world"));
		row("environment.unset", "HO*", (launcher) -> assertThat(sh(launcher, "echo [$HOME]")).isEqualTo("[]"));
		row("credentials.user", "nobody", (launcher) -> {
			assumeRoot();
			assertThat(sh(launcher, "id -un; id -G")).isEqualTo("nobody\n65534");
		}, PREFIX + "credentials.groups=none");
		row("credentials.group", "daemon", (launcher) -> {
			assumeRoot();
			assertThat(sh(launcher, "id -gn")).isEqualTo("daemon");
		});
		row("credentials.groups", "daemon,bin", (launcher) -> {
			assumeRoot();
			assertThat(sh(launcher, "id -Gn").split(" ")).contains("daemon", "bin");
		});
		row("guard.allowed-programs", "/bin/echo", (launcher) -> {
			assertThat(launcher.command("/bin/echo", "may").policy("p").run().outputText()).isEqualTo("may\n");
			refuses(launcher, "guard.allowed-programs");
		});
		row("guard.check-program", "true", PolicyKeyEffectTests::programThatOthersCanWriteIsRefused);
		row("guard.max-arguments", "1", (launcher) -> refuses(launcher, "guard.max-arguments"));
		row("guard.max-argument-size", "10B", (launcher) -> refuses(launcher, "guard.max-argument-size"));
		row("terminal.enabled", "true", (launcher) -> assertThat(sh(launcher, "tty")).startsWith("/dev/pts/"));
		row("terminal.rows", "33", (launcher) -> assertThat(sh(launcher, "stty size")).isEqualTo("33 80"),
				PREFIX + "terminal.enabled=true");
		row("terminal.columns", "44", (launcher) -> assertThat(sh(launcher, "stty size")).isEqualTo("24 44"),
				PREFIX + "terminal.enabled=true");
		row("terminal.mode", "no-echo", (launcher) -> assertThat(sh(launcher, "stty -a")).contains(" -echo "),
				PREFIX + "terminal.enabled=true");
		row("guard.pin-program", "true", (launcher) -> scriptIsRefused(launcher, "rwxr-xr-x", "guard.pin-program"));
		row("guard.working-directory-root", "/proc", (launcher) -> refuses(launcher, "guard.working-directory-root"),
				PREFIX + "working-directory=/tmp");
		sandbox("read-paths", "/etc/hostname", "head -c1 /etc/hostname", "head -c1 /etc/passwd");
		sandbox("write-paths", "/tmp", "echo > /tmp/subprocess-written; rm /tmp/subprocess-written",
				"echo > /var/tmp/subprocess-written");
		sandbox("execute-paths", "/etc/hostname", "true", "head -c1 /etc/passwd");
		row("sandbox.strict", "true",
				(launcher) -> assertThat(
						sh(launcher, "head -c1 /etc/passwd && echo read; kill -0 $PPID && echo signalled; true"))
					.isEmpty());
		row("sandbox.system-paths", "false",
				(launcher) -> assertThatExceptionOfType(ProcessStartException.class)
					.isThrownBy(() -> sh(launcher, "true"))
					.satisfies((failure) -> assertThat(failure.errnoName()).isEqualTo("EACCES")),
				PREFIX + "sandbox.read-paths=/etc");
		row("sandbox.network", "none",
				(launcher) -> assertThat(bash(launcher, "udp", 9)).contains("not supported by protocol"));
		row("sandbox.bind-ports", "",
				(launcher) -> assertThat(perl(launcher, "p",
						"socket(S, PF_INET, SOCK_STREAM, 0) || die; "
								+ "bind(S, sockaddr_in(0, INADDR_LOOPBACK)) || die $!; print 'bound'")
					.errorText()).startsWith("Permission denied"));
		row("sandbox.connect-ports", "", PolicyKeyEffectTests::connectionIsDenied);
		row("sandbox.isolate-signals", "true",
				(launcher) -> assertThat(sh(launcher, "kill -0 $PPID && echo signalled; true")).isEmpty());
		row("sandbox.isolate-abstract-sockets", "true", PolicyKeyEffectTests::abstractSocketIsOutOfReach);
		row("sandbox.denied-system-calls", "namespaces", (launcher) -> assertThat(
				launcher.command("unshare", "--user", "true").policy("p").successExitCodes(Set.of()).run().errorText())
			.contains("not permitted"));
		limit("address-space", "2GB:3GB", "Max address space", "2147483648 3221225472");
		limit("core-size", "0", "Max core file size", "0 0");
		limit("cpu-time", "30s:1m", "Max cpu time", "30 60");
		limit("data", "1GB", "Max data size", "1073741824 1073741824");
		limit("file-locks", "77", "Max file locks", "77 77");
		limit("file-size", "5MB", "Max file size", "5242880 5242880");
		limit("locked-memory", "32KB", "Max locked memory", "32768 32768");
		limit("message-queues", "100KB", "Max msgqueue size", "102400 102400");
		limit("nice-ceiling", "0", "Max nice priority", "0 0");
		limit("open-files", "64:128", "Max open files", "64 128");
		limit("pending-signals", "100", "Max pending signals", "100 100");
		limit("processes", "1000", "Max processes", "1000 1000");
		limit("realtime-priority", "0", "Max realtime priority", "0 0");
		limit("realtime-time", "100ms", "Max realtime timeout", "100000 100000");
		limit("resident-set", "1GB:unlimited", "Max resident set", "1073741824 unlimited");
		limit("stack", "4MB", "Max stack size", "4194304 4194304");
		row("limits.nice", "7", (launcher) -> assertThat(sh(launcher, "nice")).isEqualTo("7"));
		row("limits.oom-score", "500",
				(launcher) -> assertThat(sh(launcher, "cat /proc/self/oom_score_adj")).isEqualTo("500"));
		row("limits.affinity", "0",
				(launcher) -> assertThat(sh(launcher, "grep Cpus_allowed_list /proc/self/status")).endsWith("\t0"));
		row("deadlines.start", "1ns",
				(launcher) -> assertThatExceptionOfType(ProcessStartException.class)
					.isThrownBy(() -> sh(launcher, "true"))
					.satisfies((failure) -> assertThat(failure.step()).isEqualTo("start deadline")));
		timeout("deadlines.wall", "sleep 1000", ProcessOutcome.TIMEOUT);
		timeout("deadlines.idle", "sleep 1000", ProcessOutcome.IDLE_TIMEOUT);
		timeout("deadlines.cpu", "while :; do :; done", ProcessOutcome.CPU_TIMEOUT);
		row("deadlines.drain", "50ms",
				(launcher) -> assertThat(
						launcher.command("sh", "-c", "sleep 3 & echo out").policy("p").run().output().complete())
					.isFalse());
		row("concurrency.limit", "1", (launcher) -> reject(launcher, RejectionReason.QUEUE_FULL),
				PREFIX + "concurrency.queue=0");
		row("concurrency.queue", "0", (launcher) -> reject(launcher, RejectionReason.QUEUE_FULL),
				PREFIX + "concurrency.limit=1");
		row("concurrency.max-wait", "50ms", (launcher) -> reject(launcher, RejectionReason.MAX_WAIT),
				PREFIX + "concurrency.limit=1");
		row("termination.signal", "int", (launcher) -> assertThat(
				end(launcher, "trap 'echo told; exit' INT; echo ready; while :; do sleep 0.01; done").errorText())
			.isEqualTo("ready\ntold\n"));
		row("termination.grace-period", "50ms", (launcher) -> assertThat(
				end(launcher, "trap '' TERM; echo ready; while :; do sleep 0.01; done").forced())
			.isTrue());
		row("termination.scope", "process", (launcher) -> {
			ProcessResult result = end(launcher, "sleep 1000 & echo $!; wait");
			ProcessHandle left = ProcessHandle.of(Long.parseLong(result.errorText().strip())).orElseThrow();
			assertThat(left.isAlive()).isTrue();
			left.destroyForcibly();
			left.onExit().join();
		}, PREFIX + "deadlines.drain=0");
		row("termination.on-interrupt", "leave", PolicyKeyEffectTests::interruptLeaves);
		row("output.max-size", "10B",
				(launcher) -> assertThat(launcher.command("echo", "123456789012345").policy("p").run().output())
					.satisfies((output) -> assertThat(output.bytes()).hasSize(10))
					.satisfies((output) -> assertThat(output.truncated()).isTrue()));
		row("output.pipe-size", "4KB", (launcher) -> {
			try (ManagedProcess process = launcher.command("sleep", "1000").policy("p").start()) {
				int end = LIBC.open("/proc/" + process.pid() + "/fd/1", 0);
				assertThat(LIBC.fcntl(end, F_GETPIPE_SZ, 0)).isEqualTo(4096);
				LIBC.close(end);
			}
		});
		row("observability.trace-context", "true",
				(launcher) -> assertThat(sh(launcher, "echo $TRACEPARENT $BAGGAGE")).isEqualTo("00-a-b-01 k=v"));
		row("success-exit-codes", "3,4",
				(launcher) -> assertThat(launcher.command("sh", "-c", "exit 3").policy("p").run().isSuccess())
					.isTrue());
	}

	private static ObservationRegistry tracing() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<SubprocessObservationContext>() {

			@Override
			public void onStart(SubprocessObservationContext context) {
				context.getSetter().set(context.getCarrier(), "traceparent", "00-a-b-01");
				context.getSetter().set(context.getCarrier(), "baggage", "k=v");
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof SubprocessObservationContext;
			}

		});
		return registry;
	}

	@Test
	void processIsToldOfNoTraceUnlessAsked() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class,
					SubprocessAutoConfiguration.class, SubprocessObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, PolicyKeyEffectTests::tracing)
			.withPropertyValues("subprocess.policy.p.environment.set.A=a")
			.run((context) -> assertThat(
					sh(context.getBean(ProcessLauncher.class), "echo $A [$TRACEPARENT$TRACESTATE$BAGGAGE]"))
				.isEqualTo("a []"));
	}

	static Stream<String> keys() {
		return rows.keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("keys")
	void isSeenByTheChild(String key) {
		Row row = rows.get(key);
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class,
					SubprocessAutoConfiguration.class, SubprocessObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, PolicyKeyEffectTests::tracing)
			.withPropertyValues(PREFIX + key + "=" + row.value())
			.withPropertyValues(row.more())
			.run((context) -> {
				assumeSandbox(key, context.getStartupFailure());
				assertThat(context).hasNotFailed();
				row.effect().look(context.getBean(ProcessLauncher.class));
			});
	}

	/**
	 * A kernel that lacks a part of sandboxes refuses the start, which is looked at
	 * elsewhere.
	 */
	private static void assumeSandbox(String key, Throwable failure) {
		if (key.startsWith("sandbox.") && failure != null) {
			assumeFalse(failure.getMessage().contains("Cannot be had here: sandbox "), failure.getMessage());
		}
	}

	@Test
	void everyKeyIsLookedAt() {
		assertThat(Stream.of(rows.keySet(), OutputKeyEffectTests.KEYS, ObservabilityKeyEffectTests.KEYS)
			.flatMap(Collection::stream)
			.map((key) -> key.replace("set.GREETING", "set").replace("map.9", "map").replace(".[hugetlb.2MB.max]", "")))
			.containsExactlyInAnyOrderElementsOf(PolicyKeys.all());
	}

	private static String target(int descriptor) throws IOException {
		return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
	}

	private static void row(String key, String value, Effect effect, String... more) {
		rows.put(key, new Row(value, effect, more));
	}

	private static void cgroupLimit(String key, String value, String file, String expected) {
		row("cgroup." + key, value, (launcher) -> CgroupKeyEffects.isLimited(launcher, file, expected),
				PREFIX + "cgroup.parent=" + CgroupKeyEffects.PARENT, "subprocess.validate=warn");
	}

	private static void limit(String key, String value, String line, String expected) {
		row("limits." + key, value,
				(launcher) -> assertThat(sh(launcher, "grep '^" + line + "' /proc/self/limits").substring(line.length())
					.strip()
					.replaceAll("\\s+", " ")).startsWith(expected));
	}

	/**
	 * One thing can be done, and another one cannot.
	 */
	private static void sandbox(String key, String value, String works, String fails) {
		row("sandbox." + key, value,
				(launcher) -> assertThat(
						sh(launcher, works + " >/dev/null && echo one; (" + fails + ") && echo another; true"))
					.isEqualTo("one"));
	}

	private static void refuses(ProcessLauncher launcher, String guard) {
		assertThatExceptionOfType(LaunchRefusedException.class).isThrownBy(() -> sh(launcher, "true"))
			.satisfies((refused) -> assertThat(refused.guard()).isEqualTo(guard));
	}

	private static void programThatOthersCanWriteIsRefused(ProcessLauncher launcher) throws Exception {
		scriptIsRefused(launcher, "rwxrwxrwx", "guard.check-program");
	}

	private static void scriptIsRefused(ProcessLauncher launcher, String mode, String guard) throws Exception {
		assertThat(sh(launcher, "echo trusted")).isEqualTo("trusted");
		Path program = Files.createTempFile("subprocess", ".sh");
		try {
			Files.writeString(program, "#!/bin/sh\n");
			Files.setPosixFilePermissions(program, PosixFilePermissions.fromString(mode));
			assertThatExceptionOfType(LaunchRefusedException.class)
				.isThrownBy(() -> launcher.command(program.toString()).policy("p").run())
				.satisfies((refused) -> assertThat(refused.guard()).isEqualTo(guard));
		}
		finally {
			Files.delete(program);
		}
	}

	private static String bash(ProcessLauncher launcher, String protocol, int port) {
		return launcher.command("/bin/bash", "-c", "exec 3<>/dev/" + protocol + "/127.0.0.1/" + port)
			.policy("p")
			.successExitCodes(Set.of())
			.run()
			.errorText();
	}

	private static ProcessResult perl(ProcessLauncher launcher, String policy, String script) {
		return perlCommand(launcher, script).policy(policy).successExitCodes(Set.of()).run();
	}

	private static ProcessLauncher.CommandSpec perlCommand(ProcessLauncher launcher, String script) {
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "perl is not there");
		return launcher.command("/usr/bin/perl", "-MSocket", "-e", script);
	}

	private static void abstractSocketIsOutOfReach(ProcessLauncher launcher) throws Exception {
		String socket = "socket(S, PF_UNIX, SOCK_STREAM, 0) || die; $a = pack('Sa*', 1, \"\\0subprocess-"
				+ ProcessHandle.current().pid() + "\"); ";
		String connect = socket + "connect(S, $a) || die $!; print 'connected'";
		try (ManagedProcess server = perlCommand(launcher,
				socket + "$| = 1; bind(S, $a) || die $!; listen(S, 2) || die $!; print \"ready\\n\"; sleep 1000")
			.start()) {
			assertThat(server.inputReader().readLine()).isEqualTo("ready");
			assertThat(perlCommand(launcher, connect).run().outputText()).isEqualTo("connected");
			assertThat(perl(launcher, "p", connect).errorText()).startsWith("Operation not permitted");
		}
	}

	private static void connectionIsDenied(ProcessLauncher launcher) throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThat(bash(launcher, "tcp", server.getLocalPort())).contains("Permission denied");
		}
	}

	private static void timeout(String key, String script, ProcessOutcome outcome) {
		row(key, "100ms",
				(launcher) -> assertThat(
						catchThrowableOfType(ProcessTimeoutException.class, () -> sh(launcher, script)))
					.satisfies((failure) -> assertThat(failure.result().outcome()).isEqualTo(outcome)));
	}

	private static String sh(ProcessLauncher launcher, String script) {
		return launcher.command("/bin/sh", "-c", "PATH=/usr/bin:/bin; " + script)
			.policy("p")
			.run()
			.outputText()
			.strip();
	}

	/**
	 * End a shell that says something first.
	 */
	private static ProcessResult end(ProcessLauncher launcher, String script) throws Exception {
		ManagedProcess process = launcher.command("/bin/sh", "-c", "exec >&2; " + script).policy("p").start();
		Path capture = Path.of("/proc/" + process.pid() + "/fd/2");
		assertThat(Files.exists(capture)).isTrue();
		while (process.isAlive() && process.snapshot().result() == null && !hasSpoken(process)) {
			Thread.onSpinWait();
		}
		process.close();
		return process.result().get();
	}

	private static boolean hasSpoken(ManagedProcess process) throws Exception {
		// what the shell has written is counted by the kernel
		return Files.readAllLines(Path.of("/proc/" + process.pid() + "/io"))
			.stream()
			.anyMatch((line) -> line.startsWith("wchar: ") && !line.equals("wchar: 0"));
	}

	private static void reject(ProcessLauncher launcher, RejectionReason reason) {
		try (ManagedProcess process = launcher.command("sleep", "1000").policy("p").start()) {
			assertThat(process.isAlive()).isTrue();
			assertThatExceptionOfType(ProcessRejectedException.class).isThrownBy(() -> sh(launcher, "true"))
				.satisfies((rejected) -> assertThat(rejected.reason()).isEqualTo(reason));
		}
	}

	private static void ignoredSignalStaysIgnored(ProcessLauncher launcher) {
		Signal signal = new Signal("WINCH");
		SignalHandler before = Signal.handle(signal, SignalHandler.SIG_IGN);
		try {
			long ignored = Long.parseLong(sh(launcher, "grep SigIgn /proc/self/status").replaceFirst(".*\\s", ""), 16);
			assertThat(ignored >> (signal.getNumber() - 1) & 1).isOne();
		}
		finally {
			Signal.handle(signal, before);
		}
	}

	private static void interruptLeaves(ProcessLauncher launcher) {
		AtomicReference<String> left = new AtomicReference<>();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(ProcessInterruptedException.class)
			.isThrownBy(() -> launcher.command("sleep", "1000").policy("p").output(OutputTarget.discard()).run())
			.satisfies((failure) -> left.set(failure.id()));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(launcher.processes().find(left.get()).orElseThrow().terminationReason()).isNull();
		assertThat(launcher.processes().terminate(left.get(), TerminationReason.OPERATOR)).isTrue();
	}

	private static void assumeRoot() {
		assumeTrue(Set.of("root").contains(System.getProperty("user.name")), "only root may");
	}

	/**
	 * A key with a value, and how to see it.
	 *
	 * @param value the value
	 * @param effect what it does
	 * @param more what has to be set besides
	 */
	private record Row(String value, Effect effect, String... more) {

	}

	/**
	 * Looks at what a key does.
	 */
	@FunctionalInterface
	private interface Effect {

		void look(ProcessLauncher launcher) throws Exception;

	}

	/**
	 * The C library.
	 */
	public interface Libc {

		int dup(int descriptor);

		int open(String path, int flags);

		int fcntl(int descriptor, int command, int argument);

		int close(int descriptor);

	}

}
