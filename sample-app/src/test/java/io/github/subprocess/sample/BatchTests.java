// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import io.github.subprocess.UnknownPolicyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The batch at the start.
 */
@ExtendWith(OutputCaptureExtension.class)
class BatchTests {

	@Test
	void tableTellsWhatEachRunCost(CapturedOutput output) {
		start("checksum,compress,missing-program");
		assertThat(output).containsPattern("FILE +POLICY +EXIT +BYTES IN +BYTES OUT +SPAWN +CPU +MAX RSS")
			.containsPattern("release +checksum +0 +[\\d,]+ +68 +[\\d.]+ ms +[\\d.]+ ms +<= \\d+ MiB")
			.containsPattern("libjvm.so +compress +0 +[\\d,]+ +[\\d,]+ +[\\d.]+ ms +[\\d.]+ ms +<= \\d+ MiB")
			.containsPattern("SampleApplication.class +checksum +0")
			.containsPattern("release +missing-program +exec ENOENT");
	}

	@Test
	void unknownPolicyFailsTheStart() {
		assertThatException().isThrownBy(() -> start("checksum,checksun"))
			.withRootCauseInstanceOf(UnknownPolicyException.class)
			.havingRootCause()
			.withMessageContaining("checksun")
			.withMessageContaining("checksum");
	}

	private void start(String policies) {
		new SpringApplicationBuilder(SampleApplication.class).web(WebApplicationType.NONE)
			.run("--sample.batch.policies=" + policies)
			.close();
	}

}
