// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.policy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.subprocess.LaunchRefusedException;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessTimeoutException;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.boot.Polling;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The policies of the page of recipes, as they are written there, do with stand-ins for
 * the programs what the page says.
 */
@Timeout(60)
class RecipeTests {

	private static final Path PAGE = Path.of("../docs/recipes.md");

	private static final Path CONVERTER = Path.of("../native/target/fixtures/converter");

	@TempDir
	Path directory;

	@Test
	void transcoderTellsItsProgress() throws Exception {
		Path program = script("echo nice=$(nice) cpu=$(ulimit -t) >&2; cat; echo progress=end >&2");
		Path source = this.directory.resolve("source");
		byte[] content = new byte[3_000_000];
		Arrays.fill(content, (byte) 7);
		Files.write(source, content);
		Path target = this.directory.resolve("target");
		List<String> progress = new CopyOnWriteArrayList<>();
		run(recipe("Transcoder").replace("/usr/bin/ffmpeg", program.toString()), (launcher) -> {
			launcher.policy("transcode")
				.input(source)
				.output(OutputTarget.file(target))
				.error(OutputTarget.lines(progress::add))
				.run();
			assertThat(target).hasBinaryContent(content);
			assertThat(progress).containsExactly("nice=10 cpu=1200", "progress=end");
		});
	}

	@Test
	void transcoderThatIsStuckIsEnded() throws Exception {
		Path program = script("echo progress=begin >&2; exec sleep 1000");
		String recipe = recipe("Transcoder").replace("/usr/bin/ffmpeg", program.toString());
		run(recipe.replace("idle: 30s", "idle: 200ms"), (launcher) -> {
			ProcessTimeoutException failure = catchThrowableOfType(ProcessTimeoutException.class,
					() -> launcher.policy("transcode").run());
			assertThat(failure.result().outcome()).isEqualTo(ProcessOutcome.IDLE_TIMEOUT);
		});
	}

	@Test
	void converterDoesItsWorkAndNothingElse() throws Exception {
		assumeTrue(Files.isExecutable(CONVERTER), "the fixtures of the native module are not built");
		Path in = Files.createDirectory(this.directory.resolve("in"));
		Path out = Files.createDirectory(this.directory.resolve("out"));
		Path secret = Files.writeString(this.directory.resolve("secret"), "secret");
		Path outside = this.directory.resolve("outside");
		Files.writeString(in.resolve("a"), "text");
		String recipe = recipe("Converter of untrusted documents")
			.replace("/opt/converter/bin/converter", CONVERTER.toRealPath().toString())
			.replace("/var/spool/in", in.toString())
			.replace("/var/spool/out", out.toString());
		try (ServerSocket tcp = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
				DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			String[] attempts = { "read:" + secret, "write:" + outside, "connect:" + tcp.getLocalPort(),
					"udp:" + udp.getLocalPort(), "signal:" + ProcessHandle.current().pid() };
			// without the sandbox all of it is possible
			run(recipe.replaceAll("(?m)^ *sandbox:.*$", ""),
					(launcher) -> assertThat(convert(launcher, in, out, attempts))
						.allSatisfy((line) -> assertThat(line).endsWith("=0")));
			Files.delete(outside);
			assumeSandbox();
			run(recipe, (launcher) -> assertThat(convert(launcher, in, out, attempts)).hasSize(attempts.length)
				.allSatisfy((line) -> assertThat(line).doesNotEndWith("=0")));
			assertThat(outside).doesNotExist();
		}
	}

	private static List<String> convert(ProcessLauncher launcher, Path in, Path out, String... attempts)
			throws IOException {
		Path output = out.resolve("b");
		Files.deleteIfExists(output);
		List<String> answers = launcher.policy("convert")
			.parameter("in", in.resolve("a").toString())
			.parameter("out", output.toString())
			.arguments(attempts)
			.run()
			.outputLines();
		assertThat(output).hasContent("TEXT");
		return answers;
	}

	@Test
	void workerAnswersIsStartedAgainAndEndsAtShutdown() throws Exception {
		Path stopped = this.directory.resolve("stopped");
		Path program = script("trap 'echo asked > " + stopped
				+ "; exit' TERM; while read -r question; do echo \"answer to $question\"; done");
		run(recipe("Worker that lives as long as the service").replace("/opt/worker/bin/worker", program.toString()),
				(launcher) -> {
					ManagedProcess first = launcher.policy("worker").pipeInput().start();
					assertThat(ask(first, "one")).isEqualTo("answer to one");
					first.destroyForcibly();
					first.result().get();
					assertThat(first.isAlive()).isFalse();
					assertThat(stopped).doesNotExist();
					ManagedProcess second = launcher.policy("worker").pipeInput().start();
					assertThat(ask(second, "two")).isEqualTo("answer to two");
				});
		assertThat(stopped).hasContent("asked");
	}

	private static String ask(ManagedProcess worker, String question) throws IOException {
		worker.outputWriter().append(question).append('\n').flush();
		return worker.inputReader().readLine();
	}

	@Test
	void buildIsEndedWithWhatItHasLeftInOtherSessions() throws Exception {
		Path program = script("setsid sleep 1000 >/dev/null 2>&1 & echo \"$CI $!\"; wait");
		run(recipe("Build").replace("/usr/bin/make", program.toString()), (launcher) -> {
			ManagedProcess build = launcher.policy("build").start();
			String[] words = build.inputReader().readLine().split(" ");
			assertThat(words[0]).isEqualTo("true");
			long pid = Long.parseLong(words[1]);
			// it has left the group of the build
			Polling.await(() -> stat(pid, 3).equals(String.valueOf(pid)));
			build.terminate(TerminationReason.OPERATOR);
			build.result().get();
			Polling.await(() -> !Polling.isRunning(pid));
		});
	}

	private static String stat(long pid, int field) throws IOException {
		String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
		return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[field];
	}

	@Test
	void toolsOfAnAgentStayInTheirWorkspace() throws Exception {
		assumeSandbox();
		Path workspace = Files.createDirectory(this.directory.resolve("workspace")).toRealPath();
		Files.writeString(workspace.resolve("notes"), "needle\n");
		Path secret = Files.writeString(this.directory.resolve("secret"), "needle\n");
		run(recipe("Tools of an agent").replace("/srv/workspace", workspace.toString()), (launcher) -> {
			assertThat(tool(launcher, "/usr/bin/grep", "needle", "notes").outputText()).isEqualTo("needle\n");
			ProcessResult denied = tool(launcher, "/usr/bin/grep", "needle", secret.toString());
			assertThat(denied.outputText()).isEmpty();
			assertThat(denied.errorText()).contains("Permission denied");
			assertRefused("guard.allowed-programs", () -> tool(launcher, "/usr/bin/env"));
			assertRefused("guard.max-arguments",
					() -> launcher.command("/usr/bin/wc").arguments("-l ".repeat(21).split(" ")).policy("tool").run());
			assertRefused("guard.working-directory-root",
					() -> launcher.command("/usr/bin/wc").workingDirectory(Path.of("/")).policy("tool").run());
		});
	}

	private static ProcessResult tool(ProcessLauncher launcher, String program, String... arguments) {
		return launcher.command(program, arguments).policy("tool").successExitCodes(Set.of()).run();
	}

	private static void assertRefused(String guard, Runnable launch) {
		assertThatExceptionOfType(LaunchRefusedException.class).isThrownBy(launch::run)
			.satisfies((refused) -> assertThat(refused.guard()).isEqualTo(guard));
	}

	@Test
	void anotherUserHasNoGroupsOfTheJvm() throws Exception {
		assumeTrue("root".equals(System.getProperty("user.name")), "only root may become another user");
		run(recipe("Another user"), (launcher) -> {
			assertThat(launcher.policy("render").run().outputText()).isEqualTo("65534\n");
			String status = launcher.command("/bin/cat", "/proc/self/status").policy("render").run().outputText();
			assertThat(status).containsPattern("(?m)^Uid:\t65534\t65534\t65534\t65534$")
				.containsPattern("(?m)^Groups:\\s*$");
		});
	}

	private Path script(String text) throws IOException {
		Path script = Files.writeString(this.directory.resolve("program"), "#!/bin/sh\n" + text + "\n");
		Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
		return script;
	}

	private static String recipe(String title) throws IOException {
		String page = Files.readString(PAGE);
		int section = page.indexOf("\n## " + title + "\n");
		assertThat(section).as("the section " + title).isNotNegative();
		int start = page.indexOf("```yaml\n", section) + "```yaml\n".length();
		return page.substring(start, page.indexOf("```", start));
	}

	private static void assumeSandbox() {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			int landlock = launcher.platform().sandbox().landlock();
			assumeTrue(landlock >= 6 && launcher.platform().sandbox().filters(),
					() -> "a strict sandbox needs Landlock 6 and seccomp, there is Landlock " + landlock);
		}
	}

	private static void run(String yaml, Task task) throws IOException {
		PropertySource<?> source = new YamlPropertySourceLoader()
			.load("recipe", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
			.get(0);
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class))
			.withInitializer((context) -> context.getEnvironment().getPropertySources().addLast(source))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				task.run(context.getBean(ProcessLauncher.class));
			});
	}

	/**
	 * What is done with a launcher.
	 */
	@FunctionalInterface
	private interface Task {

		void run(ProcessLauncher launcher) throws Exception;

	}

}
