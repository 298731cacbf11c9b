// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.policy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written below {@code output.stdout} and {@code output.stderr} decides what the
 * standard streams of a child are, as it sees them.
 */
@Timeout(60)
class OutputKeyEffectTests {

	/**
	 * The keys that are looked at here.
	 */
	static final List<String> KEYS = List.of("output.stdout.to", "output.stdout.file", "output.stdout.append",
			"output.stdout.log-level", "output.stderr.to", "output.stderr.file", "output.stderr.append",
			"output.stderr.log-level");

	@TempDir
	Path directory;

	private Path file;

	@BeforeEach
	void name() {
		this.file = this.directory.resolve("log");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void to(int stream) {
		start(stream, "to=discard", (launcher) -> assertThat(target(launcher, stream)).isEqualTo("/dev/null"));
		start(stream, "to=capture", (launcher) -> {
			ProcessResult result = say(launcher, stream);
			assertThat((stream == 1) ? result.outputText() : result.errorText()).isEqualTo("said\n");
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void file(int stream) throws Exception {
		Files.writeString(this.file, "before\n");
		start(stream, "file=" + this.file, (launcher) -> {
			assertThat(target(launcher, stream)).isEqualTo(this.file.toString());
			say(launcher, stream);
		});
		assertThat(this.file).hasContent("said\n");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void append(int stream) throws Exception {
		Files.writeString(this.file, "before\n");
		start(stream, "append=true", (launcher) -> say(launcher, stream), key(stream) + "to=file",
				key(stream) + "file=" + this.file);
		assertThat(this.file).hasContent("before\nsaid\n");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void logLevel(int stream) {
		Lines lines = new Lines();
		Logger logger = Logger.getLogger("subprocess.p");
		logger.addHandler(lines);
		try {
			start(stream, "log-level=warn", (launcher) -> say(launcher, stream));
		}
		finally {
			logger.removeHandler(lines);
		}
		assertThat(lines.records).singleElement()
			.satisfies((entry) -> assertThat(entry.getLevel()).isEqualTo(Level.WARNING))
			.satisfies((entry) -> assertThat(entry.getMessage()).endsWith("] said"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "discard", "capture", "file" })
	void errorIsMergedIntoWhateverOutputIs(String output) {
		start(2, "to=merge",
				(launcher) -> shell(launcher, "test \"$(readlink /proc/$$/fd/1)\" = \"$(readlink /proc/$$/fd/2)\""),
				key(1) + ((output.equals("file")) ? "file=" + this.file : "to=" + output));
	}

	private static String target(ProcessLauncher launcher, int stream) {
		ProcessResult result = shell(launcher,
				"target=$(readlink /proc/$$/fd/%d); echo $target >&%d".formatted(stream, 3 - stream));
		return ((stream == 1) ? result.errorText() : result.outputText()).strip();
	}

	private static ProcessResult say(ProcessLauncher launcher, int stream) {
		return shell(launcher, "echo said >&" + stream);
	}

	private static ProcessResult shell(ProcessLauncher launcher, String script) {
		return launcher.command("/bin/sh", "-c", script).policy("p").run();
	}

	private static String key(int stream) {
		return "subprocess.policy.p.output." + ((stream == 1) ? "stdout." : "stderr.");
	}

	private static void start(int stream, String property, Consumer<ProcessLauncher> look, String... more) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class))
			.withPropertyValues(key(stream) + property)
			.withPropertyValues(more)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				look.accept(context.getBean(ProcessLauncher.class));
			});
	}

	/**
	 * Keeps what is logged.
	 */
	private static final class Lines extends Handler {

		private final List<LogRecord> records = new CopyOnWriteArrayList<>();

		@Override
		public void publish(LogRecord entry) {
			this.records.add(entry);
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	}

}
