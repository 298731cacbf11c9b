// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Variables of the JVM arrive byte for byte, in a locale too that knows none but ASCII.
 */
@Timeout(120)
class InheritedEnvironmentTests {

	private static final String SET = "LC_ALL=C FUZZ_UMLAUT=$(printf 'M\\303\\274ller') "
			+ "FUZZ_LATIN=$(printf 'caf\\351') exec \"$@\"";

	private final ProcessLauncher launcher = ProcessLauncher.create();

	@AfterEach
	void close() {
		this.launcher.close();
	}

	@Test
	void utf8ArrivesInEveryLocale() {
		assertThat(said("FUZZ_LATIN")).isEqualTo("FUZZ_UMLAUT=M<c3><bc>ller\n");
	}

	@Test
	void whatIsNoUtf8IsRefusedByName() {
		assertThat(said()).isEqualTo("refused: environment variable FUZZ_LATIN of the JVM is no UTF-8 and would not "
				+ "arrive as it is: withhold it with environment.unset\n");
	}

	private String said(String... withheld) {
		List<String> command = new ArrayList<>(
				List.of("/bin/sh", "-c", SET, "sh", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-XX:+UseSerialGC", "-Dsubprocess.fixtures=" + System.getProperty("subprocess.fixtures")));
		if (Runtime.version().feature() >= 22) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		Collections.addAll(command, "-cp", System.getProperty("java.class.path"), InheritedEnvironment.class.getName());
		command.addAll(List.of(withheld));
		return this.launcher.command(command).run().outputText();
	}

}
