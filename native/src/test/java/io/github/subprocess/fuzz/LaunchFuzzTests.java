// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.subprocess.Fixture;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessLauncher.CommandSpec;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.OutputPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

/**
 * Whatever is handed over arrives in the program byte for byte, or is refused by name;
 * and nothing is left of either.
 */
class LaunchFuzzTests {

	private static final String PROGRAM = Fixture.program("print_start");

	private static final long ENOUGH = 64L << 20;

	private static final Pattern TOO_MUCH = Pattern
		.compile(".*: (argument \\d+|environment variable .*|its name) has \\d+ bytes, more than 131072"
				+ "|.*: \\d+ arguments and \\d+ variables have \\d+ bytes together", Pattern.DOTALL);

	/** Far below what the kernel takes of arguments and variables together. */
	private static final int SURELY_FITS = 1 << 20;

	private final ProcessLauncher launcher = ProcessLauncher.builder()
		.defaultPolicy(ProcessPolicy.undecided()
			.withEnvironment(new EnvironmentPolicy(List.of(), null))
			.withOutput(OutputPolicy.undecided().withMaxBytes(ENOUGH)))
		.build();

	private @Nullable Leftovers before;

	@BeforeProperty
	void look() {
		this.launcher.command(PROGRAM).run();
		this.before = new Leftovers();
	}

	@AfterProperty
	void lookAgain() {
		try (this.launcher) {
			Objects.requireNonNull(this.before).check();
		}
	}

	@Property(seed = "20261")
	void argumentsArriveAsTheyAreOrAreRefusedByTheirNumber(@ForAll("anyTexts") List<String> arguments) {
		String refusal = firstImpossible(arguments, (index) -> "argument " + (index + 1));
		Started started = launch(() -> this.launcher.command(PROGRAM).arguments(arguments), refusal, arguments);
		if (started != null) {
			List<String> expected = new ArrayList<>(List.of(PROGRAM));
			expected.addAll(arguments);
			assertThat(started.arguments()).isEqualTo(expected.stream().map(Started::bytes).toList());
		}
	}

	@Property(seed = "20262")
	void variablesArriveAsTheyAreOrAreRefusedByName(@ForAll("anyVariables") Map<String, String> variables) {
		boolean possible = variables.entrySet()
			.stream()
			.allMatch((variable) -> isName(variable.getKey()) && Texts.isPossible(variable.getValue()));
		List<String> texts = variables.entrySet().stream().map((it) -> it.getKey() + "=" + it.getValue()).toList();
		Started started = launch(() -> {
			CommandSpec command = this.launcher.command(PROGRAM);
			variables.forEach(command::environment);
			return command;
		}, possible ? null : "environment", texts);
		if (started != null) {
			Map<String, String> expected = new HashMap<>();
			variables.forEach((name, value) -> expected.put(Started.bytes(name), Started.bytes(value)));
			assertThat(started.variables()).isEqualTo(expected);
		}
	}

	@Property(seed = "20263")
	void programThatIsNoneIsRefusedOrNamed(@ForAll("anyText") String program) {
		String shown = program;
		try {
			this.launcher.command(program).run();
			fail("there is a program '" + shown + "'");
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageStartingWith("program ");
			assertThat(program.isEmpty() || !Texts.isPossible(program)).isTrue();
		}
		catch (ProcessStartException ex) {
			assertThat(ex.step()).isEqualTo("exec");
			assertThat(ex.subject()).contains(program);
		}
	}

	@Property(seed = "20264")
	void programOfAnyNameIsStarted(@ForAll("fileNames") String name) throws IOException {
		Path directory = Files.createTempDirectory("fuzz");
		try {
			// Java itself can name such files in certain locales only
			String file = directory + "/" + name;
			this.launcher.command("/bin/cp", PROGRAM, file).run();
			Started started = Started.read(this.launcher.command(file).run().output().bytes());
			assertThat(started.arguments()).isEqualTo(List.of(Started.bytes(file)));
			started = Started
				.read(this.launcher.command(name).environment("PATH", "relative:" + directory).run().output().bytes());
			assertThat(started.arguments()).isEqualTo(List.of(Started.bytes(name)));
		}
		finally {
			this.launcher.command("/bin/rm", "-r", directory.toString()).run();
		}
	}

	@Property(seed = "20265")
	void workingDirectoryOfAnyNameIsThatOfTheProgram(@ForAll("fileNames") String name) throws IOException {
		Path directory = Files.createTempDirectory("fuzz");
		try {
			this.launcher.command("/bin/mkdir", "--", directory + "/" + name).run();
			// as whoever lists a directory gets it, whatever the locale
			Path entry = onlyEntryOf(directory);
			try {
				byte[] output = this.launcher.command(PROGRAM).workingDirectory(entry).run().output().bytes();
				assertThat(Started.read(output).directory()).isEqualTo(Started.bytes(directory + "/" + name));
			}
			catch (IllegalArgumentException ex) {
				assertThat(ex).hasMessageStartingWith("working directory ");
				assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(name)).isFalse();
				assertThat(System.getProperty("sun.jnu.encoding")).isNotEqualTo("UTF-8");
			}
		}
		finally {
			this.launcher.command("/bin/rm", "-r", directory.toString()).run();
		}
	}

	@Example
	void workingDirectoryWhoseNameIsNoTextIsRefused() throws IOException {
		Path directory = Files.createTempDirectory("fuzz");
		try {
			// 0xe9 alone is no UTF-8, and no string of Java names it
			this.launcher.command("/bin/sh", "-c", "mkdir \"$1/$(printf 'caf\\351')\"", "sh", directory.toString())
				.run();
			Path entry = onlyEntryOf(directory);
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.launcher.command(PROGRAM).workingDirectory(entry).run())
				.withMessageStartingWith("working directory has a name that is no text in the encoding of the JVM");
		}
		finally {
			this.launcher.command("/bin/rm", "-r", directory.toString()).run();
		}
	}

	private static Path onlyEntryOf(Path directory) throws IOException {
		try (Stream<Path> entries = Files.list(directory)) {
			return entries.findFirst().orElseThrow();
		}
	}

	/**
	 * Return what the program saw, or nothing where it was rightly refused.
	 */
	private @Nullable Started launch(Supplier<CommandSpec> command, @Nullable String refusal, List<String> texts) {
		int longest = texts.stream().mapToInt(Texts::size).max().orElse(0);
		long all = texts.stream().mapToLong(Texts::size).sum();
		try {
			byte[] output = command.get().run().output().bytes();
			assertThat(refusal).as("was not refused").isNull();
			return Started.read(output);
		}
		catch (IllegalArgumentException ex) {
			assertThat(refusal).as("refused with: " + ex.getMessage()).isNotNull();
			assertThat(ex).hasMessageContaining(refusal);
			assertThat(texts.stream().filter((text) -> text.length() > 20)).noneMatch(ex.getMessage()::contains);
			return null;
		}
		catch (ProcessStartException ex) {
			assertThat(refusal).isNull();
			assertThat(ex.errnoName()).isEqualTo("E2BIG");
			assertThat(ex.subject()).matches(TOO_MUCH);
			assertThat(longest > Texts.LONGEST || all > SURELY_FITS).as(ex.getMessage()).isTrue();
			return null;
		}
	}

	private static @Nullable String firstImpossible(List<String> texts, IntFunction<String> name) {
		for (int i = 0; i < texts.size(); i++) {
			if (!Texts.isPossible(texts.get(i))) {
				return name.apply(i) + " must not hold";
			}
		}
		return null;
	}

	private static boolean isName(String name) {
		return !name.isEmpty() && name.indexOf('=') < 0 && Texts.isPossible(name);
	}

	@Provide
	Arbitrary<String> anyText() {
		return Texts.any();
	}

	/** What one name in a directory may be: up to 255 bytes. */
	@Provide
	Arbitrary<String> fileNames() {
		return Texts.possible()
			.filter((name) -> !name.isEmpty() && name.indexOf('/') < 0 && !name.equals(".") && !name.equals("..")
					&& Texts.size(name) <= 256);
	}

	@Provide
	Arbitrary<List<String>> anyTexts() {
		Arbitrary<List<String>> few = Texts.any().list().ofMaxSize(6);
		Arbitrary<List<String>> many = Arbitraries.strings()
			.alpha()
			.ofMaxLength(8)
			.list()
			.ofMinSize(1000)
			.ofMaxSize(5000);
		return Arbitraries.frequencyOf(Tuple.of(20, few), Tuple.of(1, many));
	}

	@Provide
	Arbitrary<Map<String, String>> anyVariables() {
		Arbitrary<String> names = Arbitraries.frequencyOf(Tuple.of(6, Texts.possible().filter(LaunchFuzzTests::isName)),
				Tuple.of(1, Texts.any()));
		return Arbitraries.maps(names, Texts.any()).ofMaxSize(6);
	}

}
