// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More bytes than memory, in both directions at once. How many is decided by the system
 * property {@code subprocess.transfer}, such as {@code 4g}.
 */
@Timeout(600)
class BothDirectionsTests {

	private static final long LARGEST_RESIDENT_KIB = 256 * 1024;

	@Test
	void arriveAsTheyWereSent() {
		long bytes = bytes(System.getProperty("subprocess.transfer", "256m"));
		try (ProcessLauncher launcher = Fixture.launcher().build()) {
			Map<String, Long> seen = TestJvm.run(launcher, "64m", BothDirections.class, bytes);
			assertThat(seen.get("total")).isEqualTo(bytes);
			assertThat(seen.get("written")).isEqualTo(bytes);
			assertThat(seen.get("received")).isEqualTo(seen.get("sent"));
			assertThat(seen.get("residentKib")).isLessThan(LARGEST_RESIDENT_KIB);
		}
	}

	private static long bytes(String text) {
		int last = text.length() - 1;
		return switch (text.charAt(last)) {
			case 'g' -> Long.parseLong(text.substring(0, last)) << 30;
			case 'm' -> Long.parseLong(text.substring(0, last)) << 20;
			default -> Long.parseLong(text);
		};
	}

}
