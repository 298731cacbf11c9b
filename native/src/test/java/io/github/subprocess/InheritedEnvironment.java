// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.ProcessPolicy;

/**
 * Hands its variables {@code FUZZ_*} on, in a JVM of its own, and says in ASCII what
 * arrived.
 */
public final class InheritedEnvironment {

	private InheritedEnvironment() {
	}

	public static void main(String[] arguments) {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			byte[] output = launcher.command(Fixture.program("print_env"))
				.overrides(ProcessPolicy.undecided()
					.withEnvironment(new EnvironmentPolicy(List.of("FUZZ_*"), null, List.of(arguments))))
				.run()
				.output()
				.bytes();
			StringBuilder shown = new StringBuilder();
			for (char c : new String(output, StandardCharsets.ISO_8859_1).toCharArray()) {
				shown.append((c < 128) ? String.valueOf(c) : "<%02x>".formatted((int) c));
			}
			System.out.print(shown);
		}
		catch (IllegalArgumentException ex) {
			System.out.println("refused: " + ex.getMessage());
		}
	}

}
