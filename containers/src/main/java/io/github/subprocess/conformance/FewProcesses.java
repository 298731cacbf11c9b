// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.subprocess.Fixture;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessStartException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A container that may have so many tasks, and the threads of the JVM are among them.
 */
class FewProcesses {

	private static final int MORE_THAN_ALLOWED = 500;

	private final List<ManagedProcess> living = new ArrayList<>();

	@Test
	void oneTooManyIsNamedAndLeavesNothing() {
		try (ProcessLauncher launcher = ProcessLauncher.builder().build()) {
			launcher.command("true").run();
			Set<String> before = Fixture.openDescriptors();
			// twice: what the first round left would be missing in the second
			int first = startUntilRefused(launcher);
			assertThat(first).isBetween(1, MORE_THAN_ALLOWED - 1);
			endAll();
			assertThat(Fixture.zombies()).isEmpty();
			assertThat(Fixture.openDescriptors()).isEqualTo(before);
			assertThat(launcher.command("echo", "text").run().outputText()).isEqualTo("text\n");
			assertThat(startUntilRefused(launcher)).isBetween(1, MORE_THAN_ALLOWED - 1);
			endAll();
			assertThat(Fixture.zombies()).isEmpty();
			assertThat(Fixture.openDescriptors()).isEqualTo(before);
		}
	}

	private int startUntilRefused(ProcessLauncher launcher) {
		ProcessStartException refusal = null;
		for (int i = 0; i < MORE_THAN_ALLOWED && refusal == null; i++) {
			refusal = startOne(launcher);
		}
		assertThat(refusal).as("there was room for all").isNotNull();
		assertThat(refusal).extracting(ProcessStartException::errnoName).isEqualTo("EAGAIN");
		assertThat(refusal).extracting(ProcessStartException::step).asString().isIn("vfork", "fork", "clone", "birth");
		assertThat(this.living).allMatch(ManagedProcess::isAlive);
		return this.living.size();
	}

	private @Nullable ProcessStartException startOne(ProcessLauncher launcher) {
		try {
			this.living.add(launcher.command("sleep", "600").start());
			return null;
		}
		catch (ProcessStartException ex) {
			return ex;
		}
	}

	private void endAll() {
		this.living.forEach(ManagedProcess::close);
		this.living.clear();
	}

}
