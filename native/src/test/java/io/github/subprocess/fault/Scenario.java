// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.LeftOver;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.PipelineResult;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessLauncher.CommandSpec;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessTimeoutException;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.policy.LimitsPolicy;
import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.NetworkAccess;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.Resource;
import io.github.subprocess.policy.SandboxPolicy;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.policy.TerminalPolicy;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.policy.TerminationScope;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;

/**
 * What is played while calls fail. Each either throws, or what it promises has been
 * checked.
 */
enum Scenario {

	CAPTURE("A launch with input, whose output is captured") {

		@Override
		void play(ProcessLauncher launcher, Path folder) {
			checkText("text", mark(launcher.command("cat").input("text")).run());
		}

	},

	FORK("The same, born by `fork`") {

		@Override
		void play(ProcessLauncher launcher, Path folder) {
			checkText("text",
					mark(launcher.command("cat")
						.overrides(ProcessPolicy.undecided().withMechanism(SpawnMechanism.FORK))
						.input("text")).run());
		}

	},

	POSIX_SPAWN("The same, born by `posix_spawn`") {

		@Override
		void play(ProcessLauncher launcher, Path folder) {
			checkText("text",
					mark(launcher.command("cat")
						.overrides(ProcessPolicy.undecided().withMechanism(SpawnMechanism.POSIX_SPAWN))
						.input("text")).run());
		}

	},

	FILES("A launch that reads and writes files") {

		@Override
		void prepare(Path folder) throws IOException {
			Files.writeString(folder.resolve("in"), "text");
		}

		@Override
		void play(ProcessLauncher launcher, Path folder) {
			mark(launcher.command("cat")
				.input(folder.resolve("in"))
				.output(OutputTarget.file(folder.resolve("out")))
				.error(OutputTarget.append(folder.resolve("error")))).run();
		}

		@Override
		void look(Path folder) throws IOException {
			check(Files.readString(folder.resolve("out")).equals("text"), "the file does not hold what was written");
		}

	},

	APPLICATION("A launch that is fed by a stream, whose output goes to a file and to the application") {

		@Override
		void play(ProcessLauncher launcher, Path folder) throws Exception {
			List<String> lines = Collections.synchronizedList(new ArrayList<>());
			InputStream text = new ByteArrayInputStream("text\n".getBytes(StandardCharsets.US_ASCII));
			checkText(
					"text\n", mark(
							launcher.command("cat")
								.input(text)
								.output(OutputTarget.tee(OutputTarget.capture(),
										OutputTarget.file(folder.resolve("tee")), OutputTarget.lines(lines::add))))
						.run());
			check(lines.equals(List.of("text")), "the application was not given what was written");
		}

		@Override
		void look(Path folder) throws IOException {
			check(Files.readString(folder.resolve("tee")).equals("text\n"), "the file does not hold what was written");
		}

	},

	DEADLINE("A launch that is ended by its deadline") {

		@Override
		void play(ProcessLauncher launcher, Path folder) {
			try {
				mark(launcher.command("sleep", "60").timeout(Duration.ofMillis(10)).overrides(ended(SHORT_GRACE)))
					.run();
				check(false, "the deadline was not kept");
			}
			catch (ProcessTimeoutException ex) {
				check(ex.result().outcome() == ProcessOutcome.TIMEOUT, "the outcome is " + ex.result().outcome());
				check(!ex.result().status().equals(new ExitStatus.Exited(0)), "nothing has ended it");
			}
		}

	},

	TREE("A tree of processes that is ended by the application") {

		@Override
		void play(ProcessLauncher launcher, Path folder) throws Exception {
			ManagedProcess process = mark(
					launcher.command("sh", "-c", "setsid sh -c 'echo ready; exec sleep 60' & sleep 60")
						.overrides(ended(SHORT_GRACE.withScope(TerminationScope.TREE))))
				.start();
			List<LeftOver> left;
			try (process) {
				check(new String(process.getInputStream().readNBytes(6), StandardCharsets.US_ASCII).equals("ready\n"),
						"the application does not read what was written");
			}
			finally {
				left = process.result().get(50, TimeUnit.SECONDS).treeEnd().left();
				// told, and no leak then
				left.forEach((one) -> ProcessHandle.of(one.pid()).ifPresent(ProcessHandle::destroyForcibly));
			}
			if (!left.isEmpty()) {
				throw new IllegalStateException("It tells whom it has left: " + left.get(0).reason());
			}
		}

	},

	STREAMS("A process whose streams are the application's, and that is ended by it") {

		@Override
		void play(ProcessLauncher launcher, Path folder) throws Exception {
			try (ManagedProcess process = mark(launcher.command("cat").overrides(ended(SHORT_GRACE))).pipeInput()
				.start()) {
				process.getOutputStream().write("text".getBytes(StandardCharsets.US_ASCII));
				process.getOutputStream().flush();
				check(new String(process.getInputStream().readNBytes(4), StandardCharsets.US_ASCII).equals("text"),
						"the application does not read what was written");
				process.destroy();
				check(process.waitFor(50, TimeUnit.SECONDS), "the process was not ended");
				// the second where the first could not be sent, which is told in the log
				check(Set.of(128 + ProcessSignal.TERM.number(), 128 + ProcessSignal.KILL.number())
					.contains(process.exitValue()), "it ended with " + process.exitValue());
			}
		}

	},

	SIGNAL("A process that the application signals, and that is ended alone") {

		@Override
		void play(ProcessLauncher launcher, Path folder) throws Exception {
			ProcessPolicy policy = ProcessPolicy.undecided()
				.withTermination(TerminationPolicy.undecided().withScope(TerminationScope.PROCESS));
			CommandSpec sleep = mark(launcher.command("sleep", "60").overrides(policy));
			try (ManagedProcess signalled = sleep.start(); ManagedProcess ended = sleep.start()) {
				check(signalled.signal(ProcessSignal.USR1), "it was not there to be signalled");
				ended.destroy();
				ProcessResult result = signalled.result().get(50, TimeUnit.SECONDS);
				check(result.status().equals(new ExitStatus.Signalled(ProcessSignal.USR1.number(), false)),
						"it ended with " + result.status());
				result = ended.result().get(50, TimeUnit.SECONDS);
				check(result.status().equals(new ExitStatus.Signalled(ProcessSignal.TERM.number(), false)),
						"it ended with " + result.status());
			}
		}

	},

	PIPELINE("A pipeline of three") {

		@Override
		void play(ProcessLauncher launcher, Path folder) {
			PipelineResult result = launcher
				.pipeline(mark(launcher.command("echo", "text")), mark(launcher.command("cat")),
						mark(launcher.command("cat")))
				.run();
			checkText("text\n", result.stages().get(2));
		}

	},

	ATTRIBUTES("A launch in a session of its own, with limits and other attributes") {

		@Override
		void play(ProcessLauncher launcher, Path folder) {
			ProcessPolicy policy = ProcessPolicy.undecided()
				.withSession(SessionMode.NEW_SESSION)
				.withUmask(027)
				.withWorkingDirectory(folder)
				.withNoNewPrivileges(true)
				.withDeathSignal(ProcessSignal.KILL)
				.withLimits(LimitsPolicy.undecided()
					.withResource(Resource.CORE_SIZE, Limit.of(0))
					.withNice(1)
					.withOomScore(500)
					.withAffinity(Set.of(0)));
			checkText("text", mark(launcher.command("cat").overrides(policy).input("text")).run());
		}

	},

	SANDBOX("A launch in a sandbox") {

		@Override
		void play(ProcessLauncher launcher, Path folder) {
			ProcessPolicy policy = ProcessPolicy.undecided()
				.withSandbox(SandboxPolicy.undecided()
					.withSystemPaths(true)
					.withExecutePaths(List.of(Path.of("/bin"), Path.of("/usr/bin")))
					.withNetwork(NetworkAccess.NONE));
			checkText("text", mark(launcher.command("cat").overrides(policy).input("text")).run());
		}

	},

	TERMINAL("A launch with a terminal") {

		@Override
		@Nullable String reasonNotToFail(String call, Errno error) {
			return (call.equals("read") && error == Errno.EIO)
					? "so the kernel says that nobody uses a terminal any more" : null;
		}

		@Override
		void play(ProcessLauncher launcher, Path folder) {
			ProcessPolicy policy = ProcessPolicy.undecided().withTerminal(TerminalPolicy.undecided().withEnabled(true));
			checkText("text\r\n", mark(launcher.command("echo", "text").overrides(policy)).run());
		}

	},

	GUARDIAN("A launch by a launcher with a guardian") {

		@Override
		ProcessLauncher.Builder launcher() {
			return super.launcher().guardian(true);
		}

		@Override
		@Nullable String reasonNotToFail(String call, Errno error) {
			if (call.equals("close") && error == Errno.EIO) {
				return "the JDK forgets the name of a temporary file that it has just made";
			}
			return (Set.of("unlink", "unlinkat", "statx", "stat", "newfstatat").contains(call))
					? "a temporary file is deleted when the JVM exits then" : null;
		}

		@Override
		void play(ProcessLauncher launcher, Path folder) {
			checkText("text", mark(launcher.command("cat").input("text")).run());
		}

	};

	/**
	 * Passes where a signal could not be sent.
	 */
	private static final TerminationPolicy SHORT_GRACE = TerminationPolicy.undecided()
		.withGracePeriod(Duration.ofMillis(500));

	private final String title;

	Scenario(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	ProcessLauncher.Builder launcher() {
		return ProcessLauncher.builder();
	}

	/**
	 * Tell why a call is not made to fail in this way here.
	 * @return the reason, {@code null}: there is none
	 */
	@Nullable String reasonNotToFail(String call, Errno error) {
		return null;
	}

	/**
	 * Make what it needs. Nothing fails here.
	 */
	void prepare(Path folder) throws IOException {
		// most need nothing
	}

	/**
	 * Look at what it has left, unless it has thrown. Nothing fails here.
	 */
	void look(Path folder) throws IOException {
		// most leave nothing
	}

	/**
	 * Play it once.
	 * @param folder a folder that holds what was prepared
	 */
	abstract void play(ProcessLauncher launcher, Path folder) throws Exception;

	private static CommandSpec mark(CommandSpec command) {
		return command.environment(Leaks.MARK, String.valueOf(ProcessHandle.current().pid()));
	}

	private static ProcessPolicy ended(TerminationPolicy how) {
		return ProcessPolicy.undecided().withTermination(how);
	}

	private static void checkText(String text, ProcessResult result) {
		check(result.outputText().equals(text), "the output is '" + result.outputText() + "'");
		check(result.output().complete(), "the output is not complete");
		check(result.errorText().isEmpty(), "the error output is '" + result.errorText() + "'");
	}

	private static void check(boolean kept, String broken) {
		if (!kept) {
			throw new PromiseBroken(broken);
		}
	}

	/**
	 * Nobody has thrown, and all the same something is not as it has to be.
	 */
	static final class PromiseBroken extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private PromiseBroken(String message) {
			super(message);
		}

	}

}
