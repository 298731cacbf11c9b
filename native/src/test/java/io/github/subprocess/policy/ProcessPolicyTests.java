// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.subprocess.ProcessSignal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Policies are merged field by field and refuse what cannot be.
 */
class ProcessPolicyTests {

	@Test
	void fieldsOfPartsAreMergedOneByOne() {
		ProcessPolicy beneath = ProcessPolicy.undecided()
			.withTermination(new TerminationPolicy(ProcessSignal.INT, Duration.ofSeconds(9)))
			.withEnvironment(new EnvironmentPolicy(List.of("PATH"), Map.of("A", "1", "B", "1")));
		ProcessPolicy above = ProcessPolicy.undecided()
			.withTermination(new TerminationPolicy(null, Duration.ofSeconds(1)))
			.withEnvironment(new EnvironmentPolicy(null, Map.of("B", "2")));
		ProcessPolicy merged = above.orElse(beneath).orElse(ProcessPolicy.defaults());
		assertThat(merged.termination()).isEqualTo(new TerminationPolicy(ProcessSignal.INT, Duration.ofSeconds(1)));
		assertThat(merged.environment().inherit()).containsExactly("PATH");
		assertThat(merged.environment().set()).containsExactlyInAnyOrderEntriesOf(Map.of("A", "1", "B", "2"));
		assertThat(merged.session()).isEqualTo(SessionMode.NEW_SESSION);
		assertThat(merged.output()).isEqualTo(ProcessPolicy.defaults().output());
	}

	@Test
	void defaultsDecideEverythingButCommandAndDirectory() {
		ProcessPolicy defaults = ProcessPolicy.defaults();
		assertThat(defaults.command()).isNull();
		assertThat(defaults.workingDirectory()).isNull();
		assertThat(defaults.descriptors().mode()).isEqualTo(DescriptorPolicy.Mode.CLOSE_ALL);
		assertThat(defaults.successExitCodes()).isEqualTo(Set.of(0));
		assertThat(defaults.timeout()).isZero();
	}

	@Test
	void environmentValuesAreNotShown() {
		assertThat(new EnvironmentPolicy(List.of(), Map.of("TOKEN", "s3cret")).toString()).contains("TOKEN")
			.doesNotContain("s3cret");
	}

	@Test
	void whatCannotBeIsRefusedByName() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ProcessPolicy.undecided().withTimeout(Duration.ofSeconds(-1)))
			.withMessageContaining("timeout");
		assertThatIllegalArgumentException().isThrownBy(() -> new TerminationPolicy(null, Duration.ofSeconds(-1)))
			.withMessageContaining("termination.grace-period");
		assertThatIllegalArgumentException().isThrownBy(() -> new DescriptorPolicy(null, List.of(2)))
			.withMessageContaining("descriptors.keep");
		assertThatIllegalArgumentException().isThrownBy(() -> new OutputPolicy(-1L, null))
			.withMessageContaining("output.max-size");
		assertThatIllegalArgumentException().isThrownBy(() -> new EnvironmentPolicy(null, Map.of("A=", "x")))
			.withMessageContaining("environment.set");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ProcessPolicy.undecided().withSuccessExitCodes(Set.of(256)))
			.withMessageContaining("success-exit-codes");
		assertThatIllegalArgumentException().isThrownBy(() -> ProcessPolicy.undecided().withCommand(List.of()))
			.withMessageContaining("command");
	}

}
