// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.subprocess.Fixture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The self-test of the C core, which needs no JVM: one test for each line of its TAP
 * output.
 */
class CoreSelfTests {

	@TestFactory
	Stream<DynamicTest> selftest() throws IOException, InterruptedException {
		Path selftest = Path.of(Fixture.program("selftest"));
		URL library = getClass().getClassLoader()
			.getResource(Objects.requireNonNull(
					NativeLibraryName.resource(System.getProperty("os.name"), System.getProperty("os.arch"))));
		Process process = new ProcessBuilder(selftest.toString(), Path.of(library.getPath()).toString(),
				selftest.getParent().toString())
			.redirectErrorStream(true)
			.start();
		String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		List<String> lines = text.lines().filter((line) -> line.matches("(not )?ok \\d+.*")).toList();
		int planned = text.lines()
			.filter((line) -> line.startsWith("1.."))
			.map((line) -> Integer.valueOf(line.substring(3).strip()))
			.findFirst()
			.orElse(-1);
		assertThat(lines).as(text).hasSize(planned);
		return lines.stream().map((line) -> DynamicTest.dynamicTest(line, () -> {
			Assumptions.assumeFalse(line.contains("# SKIP"), line);
			assertThat(line).as(text).startsWith("ok ");
		}));
	}

}
