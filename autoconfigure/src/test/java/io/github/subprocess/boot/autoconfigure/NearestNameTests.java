// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NearestName}.
 */
class NearestNameTests {

	private static final List<String> KNOWN = List.of("command", "session", "success-exit-codes", "timeout",
			"working-directory");

	@ParameterizedTest
	@CsvSource({ "timeuot,timeout", "time-out,timeout", "comand,command", "sucess-exit-code,success-exit-codes",
			"workingDirectory,working-directory" })
	void findsTheNearest(String written, String nearest) {
		assertThat(NearestName.of(written, KNOWN)).contains(nearest);
	}

	@Test
	void findsNothingWhenNothingIsNear() {
		assertThat(NearestName.of("umask", KNOWN)).isEmpty();
		assertThat(NearestName.of("anything", List.of())).isEmpty();
	}

}
