// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import io.github.subprocess.Fixture;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.policy.IgnoredSignals;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the JVM ignores, even since a moment ago, a program does not, unless that was
 * decided. Nothing is blocked.
 */
class IgnoredSignalsTests {

	private static final int SIGNAL = ProcessSignal.WINCH.number();

	private static final long SIG_IGN = 1;

	private final ProcessLauncher launcher = ProcessLauncher.create();

	private long handlerBefore;

	@BeforeEach
	void ignore() {
		this.handlerBefore = TestDescriptors.TEST_LIBC.signal(SIGNAL, SIG_IGN);
	}

	@AfterEach
	void restore() {
		TestDescriptors.TEST_LIBC.signal(SIGNAL, this.handlerBefore);
		this.launcher.close();
	}

	@ParameterizedTest
	@EnumSource(SpawnMechanism.class)
	void areReset(SpawnMechanism mechanism) {
		assertThat(signals(ProcessPolicy.undecided().withMechanism(mechanism), "ignored")).isZero();
		assertThat(signals(ProcessPolicy.undecided().withMechanism(mechanism), "blocked")).isZero();
	}

	@ParameterizedTest
	@EnumSource(SpawnMechanism.class)
	void areKeptWhereThatWasDecided(SpawnMechanism mechanism) {
		ProcessPolicy policy = ProcessPolicy.undecided()
			.withMechanism(mechanism)
			.withIgnoredSignals(IgnoredSignals.KEEP);
		assertThat(signals(policy, "ignored") & (1L << (SIGNAL - 1))).isNotZero();
		assertThat(signals(policy, "blocked")).isZero();
	}

	private long signals(ProcessPolicy policy, String kind) {
		return this.launcher.command(Fixture.program("print_ids"))
			.overrides(policy)
			.run()
			.outputLines()
			.stream()
			.filter((line) -> line.startsWith(kind + " "))
			.map((line) -> Long.parseUnsignedLong(line.substring(kind.length() + 1).trim(), 16))
			.findFirst()
			.orElseThrow();
	}

}
